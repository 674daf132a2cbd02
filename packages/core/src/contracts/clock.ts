/** How a timer is set. */
export interface TimerOptions {
  /** Does not keep this process alive. */
  readonly background?: boolean | undefined;
}

/**
 * What a manager's runs measure and wait by: timeouts, graces, the delays of retries, durations. A test may put another
 * one in place of the system's (see `ProcessManager.useClock`).
 */
export interface Clock {
  /** Monotonic time, in milliseconds; only differences mean anything. */
  now(): number;
  /** The time of day. */
  date(): Date;
  /**
   * Calls `fire` once when so many milliseconds have passed, and never before this returns. The returned function
   * prevents it; once it has fired, that does nothing.
   */
  timer(ms: number, fire: () => void, options?: TimerOptions): () => void;
  /** The manager is shut down, so nobody is left to let time pass: what is waited for must come by itself. */
  release?(): void;
}

/** A clock, or what decides on one anew for each run; `undefined` where it has none. */
export type ClockSource = Clock | (() => Clock | undefined);
