import { describe, expect, test } from '@jest/globals';
import { PoolInterruptedError, type CompletedEntry } from '@proc/pool';
import { ending, entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();

async function collect(results: AsyncIterable<CompletedEntry>): Promise<CompletedEntry[]> {
  const all: CompletedEntry[] = [];
  for await (const entry of results) all.push(entry);
  return all;
}

describe('iterating over the results of a pool', () => {
  test('starts it, and gives them in the order of completion', async () => {
    const all = entries(3);
    const collected = collect(processes.pool(all, { concurrency: 3 }).results());
    await settled();
    for (const index of [2, 0, 1]) {
      all[index]!.run.end();
      await settled();
    }
    expect((await collected).map(([key]) => key)).toEqual([2, 0, 1]);
  });

  test('gives pairs whose parts have names', async () => {
    const [entry] = await collect(processes.pool({ only: ending({ exitCode: 3 }) }).results());
    const [key, result] = entry!;
    expect(key).toBe('only');
    expect(entry!.key).toBe('only');
    expect(result.exitCode).toBe(3);
    expect(entry!.result).toBe(result);
  });

  test('does not start it before the first step', () => {
    const [entry] = entries(1);
    processes.pool([entry!]).results();
    expect(entry!.launched).toBe(false);
  });

  test('misses nothing of a run that is under way or over', async () => {
    const all = entries(2);
    const pool = processes.pool(all);
    const started = pool.start();
    all[0]!.run.end();
    await settled();
    const first = collect(pool.results());
    all[1]!.run.end();
    await started;
    expect((await first).map(({ key }) => key)).toEqual([0, 1]);
    expect((await collect(pool.results())).map(({ key }) => key)).toEqual([0, 1]);
    expect(all[0]!.runs).toHaveLength(1);
  });

  test('by two loops gives each all of them', async () => {
    const pool = processes.pool([ending(), ending()]);
    const [first, second] = await Promise.all([collect(pool.results()), collect(pool.results())]);
    expect(first).toEqual(second);
    expect(first).toHaveLength(2);
  });

  test('stops the pool when the loop that started it is left, and waits for that', async () => {
    const all = [ending(), ...entries(2)];
    const pool = processes.pool(all, { concurrency: 2 });
    for await (const { key } of pool.results()) {
      expect(key).toBe(0);
      break;
    }
    expect(all[1]!.run.stops).toHaveLength(1);
    expect(pool.running()).toHaveLength(0);
  });

  test('leaves alone a pool that was started by somebody else', async () => {
    const all = [ending(), ...entries(1)];
    const pool = processes.pool(all, { concurrency: 2 });
    const started = pool.start();
    for await (const _ of pool.results()) break;
    expect(all[1]!.run.stops).toHaveLength(0);
    all[1]!.run.end();
    expect((await started).successful()).toBe(true);
  });

  test('lets the loop add entries because of the last result', async () => {
    const pool = processes.pool({ seed: ending() });
    const keys: unknown[] = [];
    for await (const { key } of pool.results()) {
      keys.push(key);
      await settled();
      if (keys.length < 4) void pool.add(ending(), `child ${keys.length}`);
    }
    expect(keys).toEqual(['seed', 'child 1', 'child 2', 'child 3']);
  });

  test('rejects with what interrupts the pool, after the results there are', async () => {
    const error = new Error('gone');
    const pool = processes.pool(
      (function* () {
        yield ending();
        throw error;
      })(),
      { concurrency: 1 },
    );
    const keys: unknown[] = [];
    const loop = async (): Promise<void> => {
      for await (const { key } of pool.results()) keys.push(key);
    };
    await expect(loop()).rejects.toThrow(PoolInterruptedError);
    expect(keys).toEqual([0]);
  });

  test('may be given up without a word: nobody has to hear of an interruption', async () => {
    const pool = processes.pool(
      (function* () {
        yield ending();
        throw new Error('gone');
      })(),
      { concurrency: 1 },
    );
    await pool.results().next();
    await settled();
    expect(pool.running()).toEqual([]);
  });

  test('rejects with the error of the callback that adds the entries', async () => {
    const error = new Error('no');
    const pool = processes.pool(() => {
      throw error;
    });
    await expect(collect(pool.results())).rejects.toBe(error);
  });
});
