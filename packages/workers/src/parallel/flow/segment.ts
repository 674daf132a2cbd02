import type { ChunkResponse } from '../chunks/chunk-request.js';

/** Items that go to a worker together, and what came of them. */
export class Segment {
  response: ChunkResponse | undefined;
  /** What broke the whole trip, where failures are collected. */
  failure: { readonly thrown: unknown } | undefined;
  values: readonly unknown[];

  constructor(
    readonly first: number,
    values: readonly unknown[],
  ) {
    this.values = values;
  }

  get settled(): boolean {
    return this.response !== undefined || this.failure !== undefined;
  }

  get last(): number {
    return this.first + this.values.length - 1;
  }

  /** Cuts off what was not begun. */
  split(done: number): Segment | undefined {
    if (done >= this.values.length) return undefined;
    const rest = new Segment(this.first + done, this.values.slice(done));
    this.values = this.values.slice(0, done);
    return rest;
  }
}
