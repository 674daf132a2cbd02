import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readJournal, type JournalEndedRecord, type PoolKey, type PoolOptions } from '@proc/pool';

const FIXTURE = join(__dirname, '../fixtures/journalled-pool.cjs');
const COUNT = 500;
const KILLS = 20;
const root = mkdtempSync(join(tmpdir(), 'proc-journal-'));
const seed = Number(process.env['PROC_SEED'] ?? Date.now() % 2 ** 31);
process.stdout.write(`journal.test.ts: PROC_SEED=${seed}\n`);
const next = random();
let folders = 0;

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Numbers from 0 to below 1, always the same for a seed. */
function random(): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
}

/** Options of the pool that is killed, as the fixture takes them. */
type Options = Pick<PoolOptions, 'collect' | 'resume' | 'retry'> & {
  readonly entryRetry?: number;
  readonly durable?: 'entry';
};

/** What the fixture prints in the end. */
interface Printed {
  readonly numbers: {
    readonly total: number;
    readonly successCount: number;
    readonly failedKeys: readonly PoolKey[];
    readonly skipped: readonly PoolKey[];
    readonly resumed: readonly PoolKey[];
  };
  readonly plain: readonly unknown[];
}

/** A journalled pool that runs in a process of its own, as often as it takes. */
class Place {
  readonly folder = join(root, String(++folders));
  readonly #count: number;
  readonly #options: Options;

  constructor(count: number, options: Options = {}) {
    mkdirSync(this.folder);
    this.#count = count;
    this.#options = options;
  }

  /** Kills it when so many more entries have ended or begun; returns the last line that it printed. */
  async run(killAfter = Infinity, options: Options = {}): Promise<string> {
    const given = JSON.stringify({ ...this.#options, ...options });
    const args = ['--conditions=@proc/source', FIXTURE, this.folder, String(this.#count), given];
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

  async runToTheEnd(options?: Options): Promise<Printed> {
    return JSON.parse(await this.run(Infinity, options)) as Printed;
  }

  ended(): JournalEndedRecord[] {
    const records = readJournal(join(this.folder, 'journal.ndjson'));
    return records.filter((record) => record.type === 'ended');
  }

  starts(): Map<PoolKey, number> {
    const starts = new Map<PoolKey, number>();
    for (const record of readJournal(join(this.folder, 'journal.ndjson'))) {
      if (record.type === 'started') starts.set(record.key, (starts.get(record.key) ?? 0) + 1);
    }
    return starts;
  }

  /** How often an entry was really run. */
  runs(index: number): number {
    return readFileSync(join(this.folder, String(index)), 'utf8').split('\n').length - 1;
  }
}

/** The results of all entries, where each is run so many times at most. */
function expectedResults(count: number, tries = 1): unknown[] {
  return Array.from({ length: count }, (_, index) => [
    `entry ${index}`,
    index % 7 < tries ? 0 : index % 7,
    null,
    `out ${index}\n`,
    `err ${index}\n`,
    Math.min((index % 7) + 1, tries),
  ]);
}

function failing(count: number, tries = 1): string[] {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return indexes.filter((index) => index % 7 >= tries).map((index) => `entry ${index}`);
}

test('a parent killed twenty times at random moments loses nothing and runs no ended entry again', async () => {
  const place = new Place(COUNT);
  for (let kill = 0; kill < KILLS; kill++) await place.run(1 + Math.floor(next() * 40));
  expect(place.ended().length).toBeGreaterThan(0);
  const { plain } = await place.runToTheEnd();
  expect(plain).toEqual(expectedResults(COUNT));
  const all = place.ended();
  expect(new Set(all.map(({ key }) => key)).size).toBe(COUNT);
  // Recorded once each: what has ended was never run again.
  expect(all).toHaveLength(COUNT);
  const starts = place.starts();
  for (let index = 0; index < COUNT; index++) {
    expect(place.runs(index)).toBeGreaterThanOrEqual(1);
    expect(place.runs(index)).toBeLessThanOrEqual(starts.get(`entry ${index}`) ?? 0);
  }
}, 240_000);

describe('a parent killed at random moments, of a pool', () => {
  const count = 42;

  test.each<[string, Options, number]>([
    ['that tries failures again', { retry: 2 }, 3],
    ['whose entries are tried again', { entryRetry: 2 }, 3],
    ['that tries again entries which are tried again', { entryRetry: 1, retry: 1 }, 4],
    ['that collects no results', { collect: false }, 1],
    ['whose journal waits for the disk', { durable: 'entry' }, 1],
  ])(
    '%s, loses nothing and runs no ended entry again',
    async (_name, options, tries) => {
      const place = new Place(count, options);
      for (let kill = 0; kill < 2; kill++) await place.run(1 + Math.floor(next() * 40));
      const before = new Set(place.ended().map(({ key }) => key));
      const { numbers, plain } = await place.runToTheEnd();
      const failed = failing(count, tries);
      expect({ ...numbers, failedKeys: new Set(numbers.failedKeys) }).toEqual({
        total: count,
        successCount: count - failed.length,
        failedKeys: new Set(failed),
        skipped: [],
        resumed: expect.anything(),
      });
      expect(new Set(numbers.resumed)).toEqual(before);
      expect(plain).toEqual(options.collect === false ? [] : expectedResults(count, tries));
      // Recorded once each, when the last attempt was over.
      expect(place.ended()).toHaveLength(count);
      expect(new Set(place.ended().map(({ key }) => key)).size).toBe(count);
    },
    120_000,
  );

  test('that resumes what has failed, runs the failures again and no success', async () => {
    const place = new Place(count);
    await place.run(50);
    for (let kill = 0; kill < 2; kill++) {
      await place.run(1 + Math.floor(next() * 20), { resume: 'failed' });
    }
    const succeeded = place.ended().filter(({ success }) => success);
    const starts = place.starts();
    // Often enough now for all of them.
    const { numbers, plain } = await place.runToTheEnd({ resume: 'failed', retry: 6 });
    expect(numbers).toMatchObject({ total: count, successCount: count, failedKeys: [] });
    expect(plain).toEqual(expectedResults(count, 7));
    expect(new Set(numbers.resumed)).toEqual(new Set(succeeded.map(({ key }) => key)));
    for (const { key } of succeeded) expect(place.starts().get(key)).toBe(starts.get(key));
    const last = new Map(place.ended().map(({ key, success }) => [key, success]));
    expect([...last.values()]).toEqual(Array.from({ length: count }, () => true));
  }, 120_000);
});
