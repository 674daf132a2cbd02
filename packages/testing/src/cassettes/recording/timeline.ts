import type { OutputType } from '@proc/core';

/** Something that happened to a process, and how many milliseconds after what happened before. */
export type Moment = { readonly after: number } & (
  | { readonly kind: OutputType | 'in'; readonly bytes: Buffer }
  | { readonly kind: 'closed'; readonly type: OutputType }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'endOfInput' | 'exit' }
);

type Happening = Moment extends infer M ? (M extends Moment ? Omit<M, 'after'> : never) : never;

/** What is done to a process, and is no chance. */
const ACTS: ReadonlySet<Moment['kind']> = new Set<Moment['kind']>(['in', 'endOfInput', 'signal']);

/** What happened to a process, in order. */
export class Timeline {
  readonly moments: Moment[] = [];
  #last = performance.now();

  add(happening: Happening): Moment {
    const now = performance.now();
    const after = Math.round(now - this.#last);
    this.#last = now;
    const moment: Moment = { ...happening, after };
    this.moments.push(moment);
    return moment;
  }

  /** Takes back what did not happen after all. */
  withdraw(moment: Moment): void {
    this.moments.splice(this.moments.indexOf(moment), 1);
  }

  /**
   * Takes out that outputs ended, where that was the end of the process too: which of the two is noticed first is
   * chance. Where something was done to the process afterwards, it is none.
   */
  settle(): void {
    const acted = this.moments.findLastIndex(({ kind }) => ACTS.has(kind));
    const kept = this.moments.filter(({ kind }, index) => kind !== 'closed' || index < acted);
    this.moments.splice(0, Infinity, ...kept);
  }

  /** With what comes in one piece joined: how a pipe cuts it is chance. */
  joined(): readonly Moment[] {
    const joined: Moment[] = [];
    let pieces: Buffer[] = [];
    const finish = (): void => {
      const last = joined.at(-1);
      if (last !== undefined && 'bytes' in last && pieces.length > 1) {
        joined[joined.length - 1] = { ...last, bytes: Buffer.concat(pieces) };
      }
    };
    for (const moment of this.moments) {
      if ('bytes' in moment && joined.at(-1)?.kind === moment.kind) {
        pieces.push(moment.bytes);
        continue;
      }
      finish();
      joined.push(moment);
      pieces = 'bytes' in moment ? [moment.bytes] : [];
    }
    finish();
    return joined;
  }
}
