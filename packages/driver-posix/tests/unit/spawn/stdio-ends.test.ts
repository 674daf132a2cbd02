import type { LaunchSpec } from '@proc/core';
import { describe, expect, it } from '@jest/globals';
import type { Libc } from '../../../src/native/libc.js';
import { StdioEnds } from '../../../src/spawn/stdio-ends.js';

/** Counts descriptors up from a number, and fails beyond another one. */
class Descriptors {
  readonly open = new Set<number>();
  #next: number;

  constructor(
    first: number,
    readonly last = Infinity,
  ) {
    this.#next = first;
  }

  pipe(): { readonly read: number; readonly write: number } {
    return { read: this.#take(), write: this.#take() };
  }

  duplicate(): number {
    this.#next = Math.max(this.#next, 3);
    return this.#take();
  }

  close(descriptor: number): void {
    if (!this.open.delete(descriptor)) throw new Error(`${descriptor} was not open`);
  }

  #take(): number {
    if (this.#next > this.last) throw Object.assign(new Error('no more'), { code: 'EMFILE' });
    this.open.add(this.#next);
    return this.#next++;
  }
}

const ends = (
  descriptors: Descriptors,
  [stdin, stdout, stderr]: readonly [
    LaunchSpec['stdin'],
    LaunchSpec['stdout'],
    LaunchSpec['stderr'],
  ],
): StdioEnds =>
  new StdioEnds(descriptors as unknown as Libc, { stdin, stdout, stderr } as LaunchSpec);

describe('the descriptors of a launch', () => {
  it('are two ends for each pipe', () => {
    const { theirs, ours } = ends(new Descriptors(10), ['pipe', 'pipe', 'pipe']);
    expect(theirs).toEqual([{ copyOf: 10 }, { copyOf: 13 }, { copyOf: 15 }]);
    expect(ours).toEqual([11, 12, 14]);
  });

  it('are closed on each side by itself', () => {
    const descriptors = new Descriptors(10);
    const opened = ends(descriptors, ['pipe', 'null', 'pipe']);
    opened.closeTheirs();
    expect([...descriptors.open].sort()).toEqual([11, 12]);
    opened.closeOurs();
    expect(descriptors.open.size).toBe(0);
  });

  it('are the null device, our own ones, those that are given, and a second place for stdout', () => {
    const { theirs } = ends(new Descriptors(10), ['null', { fd: 7 }, 'stdout']);
    expect(theirs).toEqual(['null', { copyOf: 7 }, { copyOf: 1 }]);
    expect(ends(new Descriptors(10), ['inherit', 'inherit', 'inherit']).theirs).toEqual([
      { copyOf: 0 },
      { copyOf: 1 },
      { copyOf: 2 },
    ]);
  });

  it('are moved away where another one would take their place before they are copied', () => {
    const swapped = ends(new Descriptors(10), ['null', { fd: 2 }, { fd: 1 }]);
    expect(swapped.theirs).toEqual(['null', { copyOf: 10 }, { copyOf: 11 }]);
    // In an application that has closed its own standard streams, pipes get their numbers.
    const closed = ends(new Descriptors(0), ['pipe', 'pipe', 'null']);
    expect(closed.theirs).toEqual([{ copyOf: 4 }, { copyOf: 6 }, 'null']);
  });

  it('are never one of the first three on our side, which Node would not close', () => {
    const descriptors = new Descriptors(0);
    const opened = ends(descriptors, ['pipe', 'pipe', 'pipe']);
    expect(opened.ours).toEqual([3, 5, 7]);
    opened.closeTheirs();
    opened.closeOurs();
    expect(descriptors.open.size).toBe(0);
  });

  it('leave none open when one can not be moved', () => {
    const descriptors = new Descriptors(0, 2);
    expect(() => ends(descriptors, ['pipe', 'null', 'null'])).toThrow('no more');
    expect(descriptors.open.size).toBe(0);
  });

  it.each([10, 12, 14])('leave none open when there is none left after %i', (last) => {
    const descriptors = new Descriptors(10, last);
    const open = (): StdioEnds => ends(descriptors, ['pipe', 'pipe', 'pipe']);
    expect(open).toThrow(expect.objectContaining({ code: 'EMFILE' }));
    // The first end of a pipe that can not be made whole is not ours to close.
    expect([...descriptors.open]).toEqual([last]);
  });
});
