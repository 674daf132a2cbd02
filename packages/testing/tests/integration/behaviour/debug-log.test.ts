import 'reflect-metadata';
import { debugLines } from '../../support/behaviour/debug-lines.js';
import { describe, expect } from '@jest/globals';
import { secret } from '@proc/core';
import { actor } from '../../support/behaviour/actor.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

describe('NODE_DEBUG', () => {
  same(
    'tells what happens to every process',
    async ({ play, processes }) => {
      const ids: string[] = [];
      const note = async (process: {
        readonly id: string;
        wait(): Promise<unknown>;
      }): Promise<void> => {
        ids.push(process.id);
        await process.wait().catch(() => undefined);
      };
      await note(await processes.command([...actor('out x'), secret('hunter2')]).start());
      await note(await play('wait').timeout(30).start());
      await note(await play('err why', 'exit 3').path('/').start());
      const missing = processes.run(['no-such-program-here']);
      const { length } = debugLines;
      await missing.catch(() => undefined);
      const mine = debugLines.filter((line) => ids.some((id) => line.startsWith(`${id} `)));
      const failed = debugLines
        .slice(length)
        .filter((line) => line.includes('could not be started'));
      return [...mine.map(withoutChance), failed.length > 0];
    },
    (lines) => {
      expect(lines.join('\n')).not.toContain('hunter2');
      expect(lines).toHaveLength(11);
    },
  );
});

function withoutChance(line: string): string {
  return line
    .replace(/^\S+ /, '')
    .replace(/pid \d+/, 'pid')
    .replace(/after [\d.]+ \w+/, 'after some time')
    .replace(/with \w+/, 'with the driver');
}
