import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { REAL_KINDS } from '../support/pools.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';

const ROUNDS = 1000;
const program = path.join(__dirname, '../fixtures/pool/mixtures.cjs');

interface Report {
  readonly done: Readonly<Record<string, number>>;
  readonly settled: number;
}

it.each(REAL_KINDS)(
  'Nothing escapes from a pool of the kind %s in a thousand mixtures of tasks, crashes and ends',
  async (kind) => {
    const seed = Date.now() % 2 ** 31;
    const args = [...SOURCE_WORKERS, program, kind, String(ROUNDS), String(seed)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    expect({ seed, stderr, exitCode }).toEqual({ seed, stderr: '', exitCode: 0 });
    const { done, settled } = JSON.parse(stdout) as Report;
    const { submit = 0, exit = 0, kill = 0, close = 0, cancel = 0 } = done;
    expect(settled).toBeGreaterThanOrEqual(submit + exit + close);
    expect([submit > 1000, cancel > 300, exit > 5, kill > 5, close > 5]).not.toContain(false);
  },
  300_000,
);
