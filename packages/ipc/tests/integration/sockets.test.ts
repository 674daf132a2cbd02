import { jest } from '@jest/globals';
import { describeIpc } from '../support/contract/ipc-contract.js';
import { sockets } from '../support/transports.js';

// Peers are started in some of the tests.
jest.setTimeout(60_000);

describeIpc(sockets, 4000);
