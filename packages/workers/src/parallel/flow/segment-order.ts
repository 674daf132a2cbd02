import type { Segment } from './segment.js';

/** In which order settled segments are handed on. */
export interface SegmentOrder {
  begin(segment: Segment): void;
  /** A segment was cut in two. */
  split(segment: Segment, rest: Segment): void;
  /** @returns what can be handed on now */
  settle(segment: Segment): readonly Segment[];
}

/** The order of the items. */
export class ItemOrder implements SegmentOrder {
  #waiting: Segment[] = [];

  begin(segment: Segment): void {
    this.#waiting.push(segment);
  }

  split(segment: Segment, rest: Segment): void {
    this.#waiting.splice(this.#waiting.indexOf(segment) + 1, 0, rest);
  }

  settle(): readonly Segment[] {
    const open = this.#waiting.findIndex((segment) => !segment.settled);
    return this.#waiting.splice(0, open === -1 ? this.#waiting.length : open);
  }
}

/** As they come. */
export class ArrivalOrder implements SegmentOrder {
  begin(): void {}

  split(): void {}

  settle(segment: Segment): readonly Segment[] {
    return [segment];
  }
}
