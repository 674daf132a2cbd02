import fs from 'node:fs';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { OutputOrder, PoolInterruptedError } from '@proc/pool';
import { entries, type HandMadeEntry } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
const MIB = 1024 * 1024;
type Call = [type: string, chunk: string, key: string | number];

afterEach(() => {
  jest.restoreAllMocks();
});

/** Lines of 64 characters, all different. */
function text(size: number, name: string): string {
  let n = 0;
  let lines = '';
  while (lines.length < size) lines += `${name} ${n++}`.padEnd(63, '.') + '\n';
  return lines;
}

/** What a callback was given, joined where key and stream are the same. */
function joined(calls: readonly Call[]): Call[] {
  const stretches: Call[] = [];
  for (const [type, chunk, key] of calls) {
    const last = stretches.at(-1);
    if (last?.[0] === type && last[2] === key) last[1] += chunk;
    else stretches.push([type, chunk, key]);
  }
  return stretches;
}

/** Three entries print 12 MiB in turns, on both streams; the first ends last. */
async function run(order: OutputOrder): Promise<{ calls: Call[]; expected: Call[] }> {
  const all = entries(3);
  const calls: Call[] = [];
  const results = processes
    .pool(all, { order, concurrency: 3 })
    .start((type, chunk, key) => void calls.push([type, chunk, key]));
  const printed = new Map<HandMadeEntry, Call[]>(all.map((entry) => [entry, []]));
  for (let turn = 0; turn < 12; turn++) {
    for (const [key, entry] of all.entries()) {
      const type = turn % 4 === 3 ? 'err' : 'out';
      const chunk = text(MIB / 3, `${key} ${turn} é€`);
      void entry.run.print(chunk, type);
      printed.get(entry)!.push([type, chunk, key]);
    }
  }
  for (const index of [2, 1, 0]) {
    all[index]!.run.end();
    await settled();
  }
  await results;
  const ends = order === 'ordered' ? all : [...all].reverse();
  return { calls, expected: joined(ends.flatMap((entry) => printed.get(entry)!)) };
}

/** Descriptors of temporary files that are open. */
function watchFiles(): Set<number> {
  const open = new Set<number>();
  const [openSync, closeSync] = [fs.openSync, fs.closeSync];
  jest.spyOn(fs, 'openSync').mockImplementation((...args) => {
    const descriptor = openSync(...args);
    open.add(descriptor);
    return descriptor;
  });
  jest.spyOn(fs, 'closeSync').mockImplementation((descriptor) => {
    open.delete(descriptor);
    closeSync(descriptor);
  });
  return open;
}

describe.each<OutputOrder>(['grouped', 'ordered'])('held output (%s)', (order) => {
  test('has whole lines, also where the other stream came in the middle of one', async () => {
    const [entry] = entries(1);
    const calls: [string, string][] = [];
    const results = processes
      .pool([entry!], { order })
      .start((type, chunk) => void calls.push([type, chunk]));
    const printed: Call[] = [
      ['out', 'one\ntw', 0],
      ['err', 'oh\n', 0],
      ['out', 'o\nthree', 0],
      ['err', 'no', 0],
      ['err', ' end', 0],
    ];
    for (const [type, chunk] of printed) void entry!.run.print(chunk, type as 'out');
    entry!.run.end();
    await results;
    expect(calls).toEqual([
      ['out', 'one\n'],
      ['err', 'oh\n'],
      ['out', 'two\n'],
      ['out', 'three'],
      ['err', 'no end'],
    ]);
  });

  test('goes to a file beyond a bound, and comes as it was printed', async () => {
    const open = watchFiles();
    const writes = jest.spyOn(fs, 'writeSync');
    const { calls, expected } = await run(order);
    expect(writes.mock.calls.length).toBeGreaterThan(0);
    expect(joined(calls)).toEqual(expected);
    expect(open.size).toBe(0);
  });

  test('stays in memory where the disk takes nothing', async () => {
    jest.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    const open = watchFiles();
    const { calls, expected } = await run(order);
    expect(joined(calls)).toEqual(expected);
    expect(open.size).toBe(0);
  });

  test('lets go of its files when the callback throws', async () => {
    const open = watchFiles();
    const all = entries(3);
    const started = processes.pool(all, { order, concurrency: 3 }).start(() => {
      throw new Error('enough');
    });
    for (const entry of all) void entry.run.print(text(5 * MIB, 'x'));
    expect(open.size).toBe(1);
    for (const entry of all) entry.run.end();
    const error: unknown = await started.catch((caught: unknown) => caught);
    expect((error as PoolInterruptedError).origin).toBe('output');
    expect(open.size).toBe(0);
  });

  test('comes in several calls where it is long, each of whole lines', async () => {
    const [entry] = entries(1);
    const calls: string[] = [];
    const results = processes
      .pool([entry!], { order })
      .start((_type, chunk) => void calls.push(chunk));
    const long = text(5 * MIB, 'line') + 'and a rest';
    for (let at = 0; at < long.length; at += 65_521)
      void entry!.run.print(long.slice(at, at + 65_521));
    entry!.run.end();
    await results;
    expect(calls.join('')).toBe(long);
    expect(calls.length).toBeGreaterThan(3);
    for (const call of calls) expect(call.length).toBeLessThan(1.2 * MIB);
    for (const call of calls.slice(0, -1)) expect(call.endsWith('.\n')).toBe(true);
  });

  test('keeps halves of characters, as an encoding may leave them', async () => {
    const all = entries(2);
    const calls: string[] = [];
    const results = processes
      .pool(all, { order })
      .start((_type, chunk) => void calls.push(chunk.slice(-3)));
    for (const entry of all) void entry.run.print('x'.repeat(9 * MIB) + '\n\ud83d');
    for (const entry of all) entry.run.end();
    await results;
    expect(calls.filter((end) => end.endsWith('\n\ud83d'))).toHaveLength(2);
  });
});
