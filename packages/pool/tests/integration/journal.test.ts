import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from '@jest/globals';
import { readJournal, type JournalEndedRecord } from '@proc/pool';

const FIXTURE = join(__dirname, '../fixtures/journalled-pool.cjs');
const COUNT = 500;
const KILLS = 20;
const folder = mkdtempSync(join(tmpdir(), 'proc-journal-'));
const seed = Number(process.env['PROC_SEED'] ?? Date.now() % 2 ** 31);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Numbers from 0 to below 1, always the same for a seed. */
function random(): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs the pool, and kills its process when so many more entries have ended; returns the last line that it printed. */
async function runPool(killAfter = Infinity): Promise<string> {
  const args = ['--conditions=@proc/source', FIXTURE, folder, String(COUNT)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let last = '';
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    lines += 1;
    if (lines === killAfter) child.kill('SIGKILL');
  }
  await closed;
  return last;
}

function ended(): JournalEndedRecord[] {
  const records = readJournal(join(folder, 'journal.ndjson'));
  return records.filter((record) => record.type === 'ended');
}

test('a parent killed twenty times at random moments loses nothing and runs no ended entry again', async () => {
  process.stdout.write(`journal.test.ts: PROC_SEED=${seed}\n`);
  const next = random();
  for (let kill = 0; kill < KILLS; kill++) await runPool(1 + Math.floor(next() * 40));
  const before = ended();
  expect(before.length).toBeGreaterThan(0);
  const results = JSON.parse(await runPool()) as unknown[];
  expect(results).toEqual(
    Array.from({ length: COUNT }, (_, index) => [
      `entry ${index}`,
      index % 7,
      null,
      `out ${index}\n`,
      `err ${index}\n`,
      1,
    ]),
  );
  const all = ended();
  expect(new Set(all.map(({ key }) => key)).size).toBe(COUNT);
  // Recorded once each: what has ended was never run again.
  expect(all).toHaveLength(COUNT);
  const starts = new Map<string, number>();
  for (const record of readJournal(join(folder, 'journal.ndjson'))) {
    if (record.type !== 'started') continue;
    starts.set(String(record.key), (starts.get(String(record.key)) ?? 0) + 1);
  }
  for (let index = 0; index < COUNT; index++) {
    const runs = readFileSync(join(folder, String(index)), 'utf8').split('\n').length - 1;
    expect(runs).toBeGreaterThanOrEqual(1);
    expect(runs).toBeLessThanOrEqual(starts.get(`entry ${index}`) ?? 0);
  }
}, 120_000);
