import { describe, expect, it } from '@jest/globals';
import { OutputJournal } from '../../../src/capture/output-journal.js';

describe('OutputJournal', () => {
  it('joins neighbours of one stream and keeps the order of both', () => {
    const journal = new OutputJournal();
    journal.record('out', 0, 3, 0);
    journal.record('out', 3, 2, 0);
    journal.record('err', 0, 1, 0);
    journal.record('out', 5, 1, 0);
    expect(journal.snapshot()).toMatchObject([
      { type: 'out', from: 0, to: 5 },
      { type: 'err', from: 0, to: 1 },
      { type: 'out', from: 5, to: 6 },
    ]);
  });

  it('gives snapshots that stay as they are', () => {
    const journal = new OutputJournal();
    journal.record('out', 0, 3, 0);
    const snapshot = journal.snapshot();
    journal.record('out', 3, 3, 0);
    expect(snapshot).toMatchObject([{ from: 0, to: 3 }]);
  });

  it('keeps the time of the first of the neighbours that it joins', () => {
    const journal = new OutputJournal();
    journal.record('out', 0, 1, 5);
    journal.record('out', 1, 1, 6);
    journal.record('err', 0, 1, 7);
    expect(journal.snapshot().map(({ at }) => at)).toEqual([5, 7]);
  });

  it('stays in bounds however often the streams take turns, and loses no byte', () => {
    const journal = new OutputJournal();
    for (let turn = 0; turn < 200_000; turn++) {
      journal.record(turn % 2 === 0 ? 'out' : 'err', turn >> 1, 1, turn);
    }
    const segments = journal.snapshot();
    expect(segments.length).toBeLessThanOrEqual(65_536);
    for (const type of ['out', 'err'] as const) {
      const own = segments.filter((segment) => segment.type === type);
      const ends = own.map((segment) => segment.to);
      expect(own.map((segment) => segment.from)).toEqual([0, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toBe(100_000);
    }
    expect(segments.slice(-2)).toMatchObject([{ type: 'out' }, { type: 'err' }]);
  });
});
