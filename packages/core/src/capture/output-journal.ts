import type { OutputType } from '../contracts/output-callback.js';

/** A stretch of output of one stream, in the order of arrival over both streams. */
export interface OutputSegment {
  readonly type: OutputType;
  readonly from: number;
  to: number;
  readonly at: number;
}

/** Changes from one stream to the other that are remembered; beyond that the older half becomes one piece of each. */
const MOST_SEGMENTS = 65_536;

/** Remembers in which order the bytes of the two streams arrived; neighbours of one stream are one segment. */
export class OutputJournal {
  #segments: OutputSegment[] = [];

  record(type: OutputType, from: number, length: number, at: number): void {
    const last = this.#segments.at(-1);
    if (last?.type === type) last.to = from + length;
    else this.#segments.push({ type, from, to: from + length, at });
    if (this.#segments.length > MOST_SEGMENTS) this.#forgetOrder();
  }

  /** Memory must not grow with the number of changes; who begins to read so late gets the old part stream by stream. */
  #forgetOrder(): void {
    const old = this.#segments.splice(0, MOST_SEGMENTS / 2);
    const joined = (['out', 'err'] as const).flatMap((type) => {
      const own = old.filter((segment) => segment.type === type);
      const [first] = own;
      const to = own.at(-1)?.to;
      return first === undefined || to === undefined ? [] : [{ ...first, to }];
    });
    this.#segments = [...joined, ...this.#segments];
  }

  /** What has been recorded so far; later records do not change it. */
  snapshot(): readonly OutputSegment[] {
    return this.#segments.map((segment) => ({ ...segment }));
  }
}
