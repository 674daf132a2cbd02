import { describe, expect, it } from '@jest/globals';
import { localCapabilities } from '../../../src/drivers/local-capabilities.js';
import { createProcessManager } from '../../../src/manager/default-process-manager.js';
import { resolveProcessConfig } from '../../../src/manager/define-process-config.js';
import { settled } from '../../support/captured.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { RecordingDispatcher } from '../../support/recording-dispatcher.js';

const lost = (code: string): Error => Object.assign(new Error(code), { code });

/** Everything that a process may do at its end. */
const ENDS: Readonly<Record<string, (handle: HandMadeHandle) => void>> = {
  exit: (handle) => {
    handle.exit({ exitCode: 3, signal: null });
  },
  stdout: (handle) => handle.stdout.end('last words'),
  stderr: (handle) => handle.stderr.destroy(lost('ECONNRESET')),
  stdin: (handle) => handle.stdin.destroy(lost('EPIPE')),
};

function* ordersOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length === 0) yield [];
  for (const item of items) {
    for (const rest of ordersOf(items.filter((other) => other !== item))) yield [item, ...rest];
  }
}

describe('the end of a process', () => {
  it.each([...ordersOf(Object.keys(ENDS))].map((order) => [order.join(', '), order] as const))(
    'is one result: %s',
    async (_, order) => {
      for (const apart of [true, false]) {
        const handle = new HandMadeHandle();
        const events = new RecordingDispatcher();
        const manager = createProcessManager(resolveProcessConfig(), () => events);
        manager.extend('mine', () => ({
          name: 'mine',
          capabilities: localCapabilities,
          start: () => Promise.resolve(handle),
        }));
        const process = await manager.command(['x']).driver('mine').interactive().start();
        const results = [process.wait(), process.exitCode, process.wait()];
        for (const end of order) {
          ENDS[end]?.(handle);
          if (apart) await settled();
        }
        const [result] = await Promise.all(results);
        expect(result).toMatchObject({
          exitCode: 3,
          reason: null,
          error: null,
          stdout: 'last words',
        });
        expect(await process.stop()).toBe(result);
        expect(process.kill('SIGKILL')).toBe(false);
        expect(handle.signals).toEqual([]);
        expect(events.names().slice(2)).toEqual(['ProcessFailed', 'ProcessCompleted']);
      }
    },
  );
});
