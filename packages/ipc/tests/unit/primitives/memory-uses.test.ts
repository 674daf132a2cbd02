import { describe, expect, it } from '@jest/globals';
import { MEMORY_USES } from '../../../src/primitives/memory-uses.js';
import { BARRIER, LOCK, RING, SEMAPHORE } from '../../../src/shared/layout.js';
import { readWord } from '../../../src/shared/barrier-word.js';

const own = new SharedArrayBuffer(4);
const [LOST, OTHER] = [
  { owner: 7, own },
  { owner: 8, own },
];

/** The cells as they are after one who is lost has been cleared up after. */
function released(
  name: string,
  options: Readonly<Record<string, unknown>>,
  cells: Readonly<Record<number, number>>,
): { readonly cells: Int32Array; readonly token: number | undefined } {
  const use = MEMORY_USES[name];
  const memory = use?.create(options, name) ?? new SharedArrayBuffer(0);
  const view = new Int32Array(memory);
  for (const [index, value] of Object.entries(cells)) view[Number(index)] = value;
  return { cells: view, token: use?.release?.(memory, LOST) };
}

describe('what the hub does when a thread is lost', () => {
  it('lets the next thread to the ends of a ring that the lost one was at, and to no other', () => {
    const at = released('ring', {}, { [RING.writer]: LOST.owner, [RING.reader]: LOST.owner });
    expect([at.cells[RING.writer], at.cells[RING.reader]]).toEqual([0, 0]);
    const off = released('ring', {}, { [RING.writer]: OTHER.owner });
    expect(off.cells[RING.writer]).toBe(OTHER.owner);
  });

  it('gives its lock back, abandoned, and no lock of another', () => {
    const its = released('lock', {}, { [LOCK.owner]: LOST.owner, [LOCK.token]: 3 });
    expect([its.cells[LOCK.owner], its.cells[LOCK.abandoned], its.token]).toEqual([0, 1, 3]);
    const others = released('lock', {}, { [LOCK.owner]: OTHER.owner });
    expect([others.cells[LOCK.owner], others.token]).toEqual([OTHER.owner, undefined]);
  });

  it('gives its permits back alone, and tells those who wait', () => {
    const first = SEMAPHORE.permits;
    const held = { [first]: LOST.owner, [first + 1]: OTHER.owner, [first + 2]: LOST.owner };
    const { cells } = released('semaphore', { permits: 3 }, held);
    expect([...cells.subarray(first)]).toEqual([0, OTHER.owner, 0]);
    expect(cells[SEMAPHORE.returns]).toBe(1);
  });

  it('breaks the barrier that it waits at, in the generation that it waits for', () => {
    const mine = new Int32Array(own);
    mine[0] = 1;
    const waits = released('barrier', { parties: 2 }, { [BARRIER.word]: 1 });
    expect(readWord(waits.cells[BARRIER.word] ?? 0).broken).toBe('peer gone');
    mine[0] = 2;
    const over = released('barrier', { parties: 2 }, { [BARRIER.word]: 1 });
    expect(readWord(over.cells[BARRIER.word] ?? 0).broken).toBeUndefined();
    mine[0] = 0;
    const never = released('barrier', { parties: 2 }, { [BARRIER.word]: 1 });
    expect(readWord(never.cells[BARRIER.word] ?? 0).broken).toBeUndefined();
  });
});
