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
    void all[0]!.run.print('1\n');
    void all[1]!.run.print('2\n', 'err');
    void all[0]!.run.print('3\n');
    expect(calls).toEqual([
      ['out', '1\n', 'a'],
      ['err', '2\n', 'b'],
      ['out', '3\n', 'a'],
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
    void entry!.run.print('a\n');
    void entry!.run.print('b\n', 'err');
    entry!.run.end();
    await results;
    expect(chunks).toEqual(['a\n', 'b\n']);
  });

  test('works on one chunk at a time, whichever entry it is of', async () => {
    const all = entries(2);
    const release: (() => void)[] = [];
    const calls: string[] = [];
    const results = processes.pool(all).start(async (_type, chunk) => {
      calls.push(chunk);
      await new Promise<void>((resolve) => release.push(resolve));
    });
    const first = all[0]!.run.print('first\n');
    const second = all[1]!.run.print('second\n');
    await settled();
    expect(calls).toEqual(['first\n']);
    release[0]!();
    await first;
    await settled();
    expect(calls).toEqual(['first\n', 'second\n']);
    release[1]!();
    await second;
    for (const entry of all) entry.run.end();
    await results;
  });

  test('fails the entry whose chunk it was given, and no other', async () => {
    const all = entries(2);
    const results = processes.pool(all).start(async (_type, chunk) => {
      await settled();
      if (chunk === 'bad\n') throw new Error('too bad');
    });
    const bad = all[0]!.run.print('bad\n');
    const good = all[1]!.run.print('good\n');
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

describe('streamed output', () => {
  const run = async (order: OutputOrder, print: (all: ReturnType<typeof entries>) => void) => {
    const all = entries(2);
    const calls: Call[] = [];
    const results = processes.pool(all, { order }).start((type, chunk, key) => {
      calls.push([type, chunk, key]);
    });
    print(all);
    for (const entry of all) entry.run.end();
    await results;
    return calls;
  };

  test('comes in whole lines, the rest at the end of its entry', async () => {
    const calls = await run('stream', ([a, b]) => {
      void a!.run.print('one\ntw');
      void b!.run.print('other\n');
      void a!.run.print('o\nrest');
      void a!.run.print('50%\r');
      void a!.run.print('75%\r99%', 'err');
    });
    expect(calls.map(([, chunk, key]) => [key, chunk])).toEqual([
      [0, 'one\n'],
      [1, 'other\n'],
      [0, 'two\n'],
      [0, '75%\r'],
      [0, 'rest50%\r'],
      [0, '99%'],
    ]);
  });

  test('never has two entries in one line, however their lines are cut', async () => {
    const text = Array.from({ length: 300 }, (_, n) => `${'x'.repeat(n % 17)}${n}\r\n`).join('');
    const calls = await run('stream', (all) => {
      const places = [0, 0];
      for (let turn = 0; places.some((place) => place < text.length); turn++) {
        const size = 1 + ((turn * 7919) % 23);
        const which = turn % 2;
        void all[which]!.run.print(text.slice(places[which], places[which]! + size));
        places[which]! += size;
      }
    });
    expect(calls.every(([, chunk]) => chunk.endsWith('\r\n'))).toBe(true);
    for (const key of [0, 1]) {
      const own = calls.filter(([, , of]) => of === key).map(([, chunk]) => chunk);
      expect(own.join('')).toBe(text);
    }
  });

  test('comes in parts when a line grows too long', async () => {
    const calls = await run('stream', ([a]) => void a!.run.print('x'.repeat(300_000)));
    expect(calls[0]?.[1]).toHaveLength(300_000);
  });

  test('comes in whole lines also after one that was nearly too long', async () => {
    const calls = await run('stream', ([a, b]) => {
      void a!.run.print('x'.repeat(260_000));
      void a!.run.print('y'.repeat(10_000) + '\nbegun, ');
      void b!.run.print('other\n');
      void a!.run.print('ended\n');
    });
    expect(calls.slice(1).map(([, chunk]) => chunk)).toEqual(['other\n', 'begun, ended\n']);
  });

  test('comes in chunks when it is to be raw', async () => {
    const calls = await run('raw', ([a]) => void a!.run.print('no line'));
    expect(calls).toEqual([['out', 'no line', 0]]);
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
