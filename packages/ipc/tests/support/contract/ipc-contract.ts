import { describe, expect, it } from '@jest/globals';
import type { Transport } from '../transports.js';
import { describeLocks } from './lock-contract.js';
import { describeMessages } from './message-contract.js';
import { describeQueues } from './queue-contract.js';
import { describeStates } from './state-contract.js';
import { teamOn } from './team.js';

/** What holds over every transport. @param many - how many items a test of many has */
export function describeIpc(transport: Transport, many: number): void {
  describe(`IPC over ${transport.name}`, () => {
    const team = teamOn(transport, many);
    describeQueues(team);
    describeStates(team);
    describeLocks(team);
    describeMessages(team);

    it('ends every call that is under way when the hub goes', async () => {
      const bench = await transport.open();
      try {
        const peer = await bench.peer();
        const ended = peer.run(async (ipc) => {
          const code = (error: unknown): unknown => (error as { code: unknown }).code;
          const calls = [
            ipc.queue('q').get().catch(code),
            ipc.event('e').wait().catch(code),
            ipc.barrier('b', 2).wait().catch(code),
          ];
          const codes = await Promise.all(calls);
          return [...codes, await ipc.lock('l').acquire().catch(code), ipc.lost.aborted];
        });
        // Of another process nobody hears any more, unless it has something to say it over.
        const heard = ended.catch((error: unknown) => (error as { code: unknown }).code);
        await bench.ipc.event('nothing').set();
        for (const kind of ['queue', 'event', 'barrier'] as const) {
          for (;;) {
            const found = bench.hub.stats().primitives.find((one) => one.kind === kind);
            if ((found?.waiters.length ?? 0) > 0 || kind === 'event') break;
            await new Promise((resolve) => setImmediate(resolve));
          }
        }
        await bench.hub.close();

        const outcome = await heard;

        const gone = 'ERR_PROC_IPC_BROKER_GONE';
        expect(outcome).toEqual(Array.isArray(outcome) ? [gone, gone, gone, gone, true] : gone);
      } finally {
        await bench.close();
      }
    }, 60_000);
  });
}
