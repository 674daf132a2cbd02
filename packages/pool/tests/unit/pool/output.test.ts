import { describe, expect, test } from '@jest/globals';
import { PoolInterruptedError, type OutputOrder, type PoolKey } from '@proc/pool';
import { entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
type Call = [string, string, PoolKey];

describe('the output callback of a pool', () => {
  test('receives type, chunk and key as they come', async () => {
    const all = entries(2);
    const calls: Call[] = [];
    const results = processes
      .pool({ a: all[0]!, b: all[1]! })
      .start((type, chunk, key) => calls.push([type, chunk, key]) as unknown as undefined);
    void all[0]!.run.print('1');
    void all[1]!.run.print('2', 'err');
    void all[0]!.run.print('3');
    expect(calls).toEqual([
      ['out', '1', 'a'],
      ['err', '2', 'b'],
      ['out', '3', 'a'],
    ]);
    for (const entry of all) entry.run.end();
    await results;
  });

  test('receives the chunk alone where it declares one parameter', async () => {
    const [entry] = entries(1);
    const chunks: string[] = [];
    const results = processes.pool([entry!]).run((output) => {
      chunks.push(output);
    });
    void entry!.run.print('a');
    void entry!.run.print('b', 'err');
    entry!.run.end();
    await results;
    expect(chunks).toEqual(['a', 'b']);
  });

  test('works on one chunk at a time, whichever entry it is of', async () => {
    const all = entries(2);
    const release: (() => void)[] = [];
    const calls: string[] = [];
    const results = processes.pool(all).start(async (_type, chunk) => {
      calls.push(chunk);
      await new Promise<void>((resolve) => release.push(resolve));
    });
    const first = all[0]!.run.print('first');
    const second = all[1]!.run.print('second');
    await settled();
    expect(calls).toEqual(['first']);
    release[0]!();
    await first;
    await settled();
    expect(calls).toEqual(['first', 'second']);
    release[1]!();
    await second;
    for (const entry of all) entry.run.end();
    await results;
  });

  test('fails the entry whose chunk it was given, and no other', async () => {
    const all = entries(2);
    const results = processes.pool(all).start(async (_type, chunk) => {
      await settled();
      if (chunk === 'bad') throw new Error('too bad');
    });
    const bad = all[0]!.run.print('bad');
    const good = all[1]!.run.print('good');
    await expect(bad).rejects.toThrow('too bad');
    await expect(good).resolves.toBeUndefined();
    for (const entry of all) entry.run.end();
    await results;
  });

  test('is not passed on when there is none', async () => {
    const [entry] = entries(1);
    const results = processes.pool([entry!]).start(null);
    expect(entry!.run.context.onOutput).toBeUndefined();
    entry!.run.end();
    await results;
  });
});

describe('grouped output', () => {
  test('comes at the end of each entry, in one go, joined where the stream is the same', async () => {
    const all = entries(2);
    const calls: Call[] = [];
    const results = processes.pool(all, { order: 'grouped' }).start((type, chunk, key) => {
      calls.push([type, chunk, key]);
    });
    void all[0]!.run.print('a');
    void all[1]!.run.print('b');
    void all[0]!.run.print('c');
    void all[0]!.run.print('d', 'err');
    expect(calls).toEqual([]);
    all[1]!.run.end();
    await settled();
    expect(calls).toEqual([['out', 'b', 1]]);
    all[0]!.run.end();
    await results;
    expect(calls.slice(1)).toEqual([
      ['out', 'ac', 0],
      ['err', 'd', 0],
    ]);
  });

  test('keeps the place of the entry until the callback has taken it', async () => {
    const all = entries(2);
    let release: () => void = () => undefined;
    const results = processes
      .pool(all, { order: 'grouped', concurrency: 1 })
      .start(() => new Promise<void>((resolve) => (release = resolve)));
    void all[0]!.run.print('slow');
    all[0]!.run.end();
    await settled();
    expect(all[1]!.launched).toBe(false);
    release();
    await settled();
    expect(all[1]!.launched).toBe(true);
    all[1]!.run.end();
    await results;
  });

  test('of two entries never mixes, however slow the callback is', async () => {
    const all = entries(2);
    const calls: string[] = [];
    const results = processes.pool(all, { order: 'grouped' }).start(async (_type, chunk) => {
      await settled();
      calls.push(chunk);
    });
    for (const entry of all) {
      void entry.run.print('out');
      void entry.run.print('err', 'err');
      entry.run.end();
    }
    await results;
    expect(calls).toEqual(['out', 'err', 'out', 'err']);
  });
});

describe('ordered output', () => {
  test('comes in the order of the entries, and holds no place', async () => {
    const all = entries(3);
    const calls: Call[] = [];
    const results = processes
      .pool(all, { order: 'ordered', concurrency: 2 })
      .start((type, chunk, key) => {
        calls.push([type, chunk, key]);
      });
    void all[0]!.run.print('0');
    void all[1]!.run.print('1');
    all[1]!.run.end();
    await settled();
    expect(calls).toEqual([]);
    void all[2]!.run.print('2');
    all[2]!.run.end();
    await settled();
    expect(calls).toEqual([]);
    all[0]!.run.end();
    await results;
    expect(calls).toEqual([
      ['out', '0', 0],
      ['out', '1', 1],
      ['out', '2', 2],
    ]);
  });

  test('passes over the entries that were skipped', async () => {
    const all = entries(4);
    const chunks: string[] = [];
    const pool = processes.pool(all, { order: 'ordered', concurrency: 2 });
    const results = pool.start((_type, chunk) => {
      chunks.push(chunk);
    });
    void all[1]!.run.print('1');
    all[1]!.run.end();
    await settled();
    void all[2]!.run.print('2');
    await pool.stop();
    expect((await results).skipped).toEqual([3]);
    expect(chunks).toEqual(['1', '2']);
  });
});

describe.each<OutputOrder>(['grouped', 'ordered'])('an error of the callback (%s)', (order) => {
  test('interrupts the pool, and the callback is called no more', async () => {
    const all = entries(3);
    const error = new Error('disk full');
    let calls = 0;
    const started = processes.pool(all, { order, concurrency: 2 }).start(() => {
      calls += 1;
      throw error;
    });
    void all[0]!.run.print('x');
    void all[0]!.run.print('x', 'err');
    void all[1]!.run.print('y');
    all[0]!.run.end();
    const failure: unknown = await started.catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ origin: 'output', cause: error });
    expect((failure as PoolInterruptedError).results.skipped).toEqual([2]);
    expect(all[1]!.run.stops).toHaveLength(1);
    expect(calls).toBe(1);
  });
});
