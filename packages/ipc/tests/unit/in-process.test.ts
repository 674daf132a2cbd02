import { describeIpc } from '../support/contract/ipc-contract.js';
import { inProcess } from '../support/transports.js';

describeIpc(inProcess, 20_000);
