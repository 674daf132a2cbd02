import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Ipc, IpcHub, IpcHubOptions } from '@proc/ipc';

/** Somebody at the other end of a connection. */
interface Peer {
  readonly name: string;
  run<Args extends readonly unknown[], T>(
    what: (ipc: Ipc, ...args: Args) => T | Promise<T>,
    ...args: Args
  ): Promise<T>;
  kill(): Promise<void>;
}

/** A hub with peers. */
interface Bench {
  readonly hub: IpcHub;
  readonly ipc: Ipc;
  peer(): Promise<Peer>;
  close(): Promise<void>;
}

/** A way to be connected. */
export interface Transport {
  readonly name: string;
  open(options?: IpcHubOptions): Promise<Bench>;
}

// The suite of all transports lies in the tests of another package: nothing of it is published.
const SUITE = join(__dirname, '../../../ipc/tests/support/contract/ipc-contract.ts');

export const { describeIpc } = jest.requireActual<{
  readonly describeIpc: (transport: Transport, many: number) => void;
}>(SUITE);
