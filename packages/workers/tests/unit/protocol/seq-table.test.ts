import { describe, expect, it } from '@jest/globals';
import { SeqTable } from '../../../src/protocol/seq-table.js';

describe('SeqTable', () => {
  it('behaves as a map whose keys are in order, whatever stays and whatever goes', () => {
    const table = new SeqTable<string | undefined>();
    const map = new Map<number, string | undefined>();
    const same = (): void => {
      expect(table.size).toBe(map.size);
      expect([...table]).toEqual([...map].sort(([one], [other]) => one - other));
    };
    for (let seq = 1; seq <= 1000; seq += 1) {
      table.set(seq, `value ${seq}`);
      map.set(seq, `value ${seq}`);
      // One of seven stays for ever, and the others for different times.
      const gone = seq - (seq % 5) * 40;
      if (gone % 7 !== 0) expect(table.delete(gone)).toBe(map.delete(gone));
      expect(table.get(gone)).toBe(map.get(gone));
      // It may have nothing to its number.
      if (seq % 3 === 0 && map.has(seq - 2)) {
        table.set(seq - 2, undefined);
        map.set(seq - 2, undefined);
      }
      if (seq % 100 === 0) same();
    }
    for (const seq of [-1, 0, 1, 7, 8, 700, 1001]) expect(table.has(seq)).toBe(map.has(seq));
    for (const seq of [...map.keys()]) expect(table.delete(seq)).toBe(true);
    map.clear();
    same();
  });

  it('keeps a value that is set anew once its usual place has become free', () => {
    const table = new SeqTable<string>();
    table.set(1, 'long');
    table.set(129, 'first');
    table.delete(1);
    table.set(129, 'second');
    expect([...table]).toEqual([[129, 'second']]);
    expect(table.delete(129)).toBe(true);
    expect(table.size).toBe(0);
  });

  it('is empty once it is cleared', () => {
    const table = new SeqTable<number>();
    for (const seq of [1, 2, 129, 257]) table.set(seq, seq);
    expect(table.values()).toEqual([1, 2, 129, 257]);
    table.clear();
    expect([table.size, table.values(), table.has(129), table.delete(0)]).toEqual([
      0,
      [],
      false,
      false,
    ]);
  });
});
