import type { OutputType } from '../contracts/output-callback.js';

/** A stretch of output of one stream, in the order of arrival over both streams. */
export interface OutputSegment {
  readonly type: OutputType;
  readonly from: number;
  to: number;
  readonly at: number;
}

/** Remembers in which order the bytes of the two streams arrived; neighbours of one stream are one segment. */
export class OutputJournal {
  readonly #segments: OutputSegment[] = [];

  record(type: OutputType, from: number, length: number): number {
    const at = performance.now();
    const last = this.#segments.at(-1);
    if (last?.type === type) last.to = from + length;
    else this.#segments.push({ type, from, to: from + length, at });
    return at;
  }

  /** What has been recorded so far; later records do not change it. */
  snapshot(): readonly OutputSegment[] {
    return this.#segments.map((segment) => ({ ...segment }));
  }
}
