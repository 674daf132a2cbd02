import { closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MarkFile } from '../../../src/backends/mark-file.js';
import { mapFile } from '../../../src/worker/map-file.js';
import { ProcessMarks, WORTH_MAPPING } from '../../../src/worker/process-marks.js';

/** Where there is no file to map, or nothing to map it with, all is as it was. */
const WAYS: [string, typeof mapFile][] = [
  ['by memory that is shared', mapFile],
  ['by writing, where no memory can be shared', () => undefined],
  ['by writing, where memory and file do not agree', (_, cells) => new Int32Array(cells)],
];

let pool: MarkFile;
let own: number;

/** A second descriptor, as the process has one. */
function marksOf(map: typeof mapFile): ProcessMarks {
  pool = new MarkFile(3);
  own = openSync(`/proc/self/fd/${String(pool.descriptor)}`, 'r+');
  return new ProcessMarks(own, pool.places, map);
}

/** As many as it takes until memory is shared. */
async function startMany(marks: ProcessMarks): Promise<void> {
  for (let seq = 1; seq <= WORTH_MAPPING; seq += 1) marks.start(seq);
  await setImmediate();
}

/** Elsewhere a file without a name can not be opened again. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('What a process notes (opened again by /proc, which only Linux has)', () => {
  afterEach(() => {
    pool.close();
    try {
      closeSync(own);
    } catch {
      // A test has done it.
    }
  });

  it.each(WAYS)('is known to its pool: %s', async (_, map) => {
    const marks = marksOf(map);
    marks.start(7);
    expect(pool.started).toBe(7);
    await startMany(marks);
    expect(pool.started).toBe(WORTH_MAPPING);
    marks.start(WORTH_MAPPING + 1);
    expect(pool.started).toBe(WORTH_MAPPING + 1);
  });

  it.each(WAYS)('does not hide what its pool takes back: %s', async (_, map) => {
    const marks = marksOf(map);
    const withdrawn = (...seqs: number[]) => seqs.map((seq) => marks.isWithdrawn(seq));
    pool.abort(5);
    expect(withdrawn(4, 5, 6)).toEqual([false, true, false]);
    await startMany(marks);
    // It is asked of a task that has just begun.
    marks.start(8999);
    expect(withdrawn(4, 5, 6)).toEqual([false, true, false]);
    pool.keep(5);
    pool.abort(9000);
    expect(withdrawn(5, 9000)).toEqual([false, true]);
  });

  it('needs no descriptor any longer once memory is shared', async () => {
    const marks = marksOf(mapFile);
    await startMany(marks);
    marks.start(9000);
    closeSync(own);
    marks.start(9999);
    expect(pool.started).toBe(9999);
  });

  it('shares memory only where there are many', async () => {
    const map = jest.fn(() => undefined);
    const marks = marksOf(map);
    for (let seq = 1; seq < WORTH_MAPPING; seq += 1) marks.start(seq);
    await setImmediate();
    expect(map).not.toHaveBeenCalled();
    marks.start(WORTH_MAPPING);
    marks.start(WORTH_MAPPING + 1);
    await setImmediate();
    expect(map.mock.calls).toEqual([[own, 1 + pool.places]]);
  });

  it('shares memory also where a task has stopped the turns of its process', async () => {
    const map = jest.fn(() => undefined);
    jest.useFakeTimers();
    try {
      await startMany(marksOf(map));
    } finally {
      jest.useRealTimers();
    }
    expect(map).toHaveBeenCalledTimes(1);
  });

  it('is nothing where its pool could have no file', async () => {
    const map = jest.fn(() => undefined);
    const marks = new ProcessMarks(-1, 0, map);
    await startMany(marks);
    expect(marks.isWithdrawn(1)).toBe(false);
    expect(map).not.toHaveBeenCalled();
  });
});

describe('A file as memory', () => {
  it('is none where the library is not installed', () => {
    const load = () => {
      throw new Error("Cannot find module '@koromix/koffi-plan9-pdp11'");
    };
    expect(mapFile(0, 1, load)).toBeUndefined();
  });

  it('is none where there is no file, or one that is smaller than what is to be shared', () => {
    expect(mapFile(-1, 16)).toBeUndefined();
    const marks = new MarkFile(3);
    const { descriptor = -1, places } = marks;
    expect(mapFile(descriptor, 2 + places)).toBeUndefined();
    marks.close();
  });
});
