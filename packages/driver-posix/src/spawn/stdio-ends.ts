import type { LaunchSpec, StdioTarget } from '@proc/core';
import type { Libc } from '../native/libc.js';

/** What a standard descriptor of the program becomes: a copy of one of ours, or the null device. */
export type ChildEnd = { readonly copyOf: number } | 'null';

/** The descriptors of one launch, on both sides. */
export class StdioEnds {
  /** Ours, by the number that the program has the other end under. */
  readonly ours: readonly (number | undefined)[];
  /** The program's 0, 1 and 2. */
  readonly theirs: readonly ChildEnd[];
  readonly #libc: Libc;
  readonly #passedOn: readonly number[];

  /** @throws the system's error when descriptors have run out; none is left open then */
  constructor(libc: Libc, { stdin, stdout, stderr }: LaunchSpec) {
    this.#libc = libc;
    const ours: (number | undefined)[] = [];
    const passedOn: number[] = [];
    const theirs = [stdin, stdout, stderr];
    this.ours = ours;
    this.#passedOn = passedOn;
    const endOf = (target: StdioTarget | 'stdout', number: number): ChildEnd => {
      if (target === 'null') return target;
      // It has been copied to its place by then.
      if (target === 'stdout') return { copyOf: 1 };
      if (target === 'pipe') {
        const { read, write } = libc.pipe();
        const [own, end] = number === 0 ? [write, read] : [read, write];
        ours[number] = own;
        passedOn.push(end);
        if (own <= 2) {
          // Node does not close what has the number of a standard stream.
          ours[number] = libc.duplicate(own);
          libc.close(own);
        }
        return { copyOf: end > 2 ? end : moved(end) };
      }
      const descriptor = target === 'inherit' ? number : target.fd;
      // One of the first three may be overwritten before it is copied.
      return { copyOf: descriptor > 2 || descriptor === number ? descriptor : moved(descriptor) };
    };
    const moved = (descriptor: number): number => {
      const copy = libc.duplicate(descriptor);
      passedOn.push(copy);
      return copy;
    };
    try {
      this.theirs = theirs.map(endOf);
    } catch (error) {
      this.closeTheirs();
      this.closeOurs();
      throw error;
    }
  }

  /** Closes what only the program needs. */
  closeTheirs(): void {
    for (const end of this.#passedOn) this.#libc.close(end);
  }

  /** Closes our own, where nothing has become of the program. */
  closeOurs(): void {
    for (const end of this.ours) if (end !== undefined) this.#libc.close(end);
  }
}
