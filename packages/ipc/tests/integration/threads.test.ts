import { jest } from '@jest/globals';
import { describeIpc } from '../support/contract/ipc-contract.js';
import { threads } from '../support/transports.js';

// Peers are started in some of the tests.
jest.setTimeout(60_000);

describeIpc(threads, 4000);
