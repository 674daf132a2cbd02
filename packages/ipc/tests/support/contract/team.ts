import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Ipc, IpcHub } from '../../../src/index.js';
import type { Bench, Peer, Transport } from '../transports.js';

/** Who takes part in a test. */
export interface Team {
  readonly hub: IpcHub;
  readonly ipc: Ipc;
  /** Two peers that live. */
  readonly a: Peer;
  readonly b: Peer;
  /** A new name for each test. */
  readonly name: string;
  /** How many items a test of many has. */
  readonly many: number;
  /** A peer to be killed. */
  victim(): Promise<Peer>;
}

/** Sets a team up for all tests of the block around. */
export function teamOn(transport: Transport, many: number): Team {
  let bench: Bench | undefined;
  let peers: readonly Peer[] = [];
  let count = 0;
  beforeAll(async () => {
    bench = await transport.open();
    peers = await Promise.all([bench.peer(), bench.peer()]);
  }, 60_000);
  beforeEach(() => {
    count++;
  });
  afterAll(async () => {
    await bench?.close();
  });
  return {
    get hub() {
      return bench!.hub;
    },
    get ipc() {
      return bench!.ipc;
    },
    get a() {
      return peers[0]!;
    },
    get b() {
      return peers[1]!;
    },
    get name() {
      return `thing ${count}`;
    },
    many,
    victim: () => bench!.peer(),
  };
}
