/** Something that happened. Plain data: events can be serialised and kept. */
export abstract class ProcEvent {
  /** Monotonic time (`performance.now()`), for intervals. */
  readonly at: number = performance.now();
  /** Wall-clock time, milliseconds since the epoch. */
  readonly timestamp: number = Date.now();
  /** The class's name: what a log or a wildcard listener distinguishes events by. */
  abstract readonly name: string;
}
