import type { DrainOptions } from '../contracts/drain.js';
import type { Duration } from '../contracts/duration.js';
import type { RetryOptions, RetryPredicate } from '../contracts/retry.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isAbortSignal } from '../termination/is-abort-signal.js';
import { normalizeSignal } from '../termination/signals.js';
import { parseDuration } from '../measures/parse-duration.js';
import { LaunchSettings } from './launch-settings.js';
import { resolveDrain } from './resolve-drain.js';
import { resolveRetry } from './resolve-retry.js';

/** How long a process may run, how it is ended, and whether it is tried again. */
export abstract class LifetimeSettings extends LaunchSettings {
  /** Longest run; `0` and `null` mean any. Default: `process.timeout` of the configuration, else none. */
  timeout(duration: Duration | null): this {
    this.draft.timeoutMs = duration === null ? null : parseDuration(duration, 'timeout') || null;
    return this;
  }

  /** Longest silence on both streams; `0` and `null` mean any. Works with {@link quietly} too. */
  idleTimeout(duration: Duration | null): this {
    this.draft.idleTimeoutMs =
      duration === null ? null : parseDuration(duration, 'idle timeout') || null;
    return this;
  }

  /** No timeout; the idle timeout stays. */
  forever(): this {
    return this.timeout(null);
  }

  /** Cancels the run when the signal aborts; several signals add up. */
  abortWith(signal: AbortSignal): this {
    if (!isAbortSignal(signal)) throw new InvalidArgumentError('abortWith takes an AbortSignal.');
    this.draft.signals = [...this.draft.signals, signal];
    return this;
  }

  /** The signal that ends the process (default SIGTERM), and the time until SIGKILL follows (default 5 s). */
  killWith(signal: NodeJS.Signals | number, grace?: Duration): this {
    this.draft.killSignal = normalizeSignal(signal);
    return grace === undefined ? this : this.grace(grace);
  }

  /** Time between the first signal and SIGKILL; default 5 s. */
  grace(duration: Duration): this {
    this.draft.graceMs = parseDuration(duration, 'grace');
    return this;
  }

  /** How long output is waited for after the exit, while a descendant holds it open. */
  drain(options: DrainOptions): this {
    this.draft.drain = resolveDrain(options, this.draft.drain);
    return this;
  }

  /** Tries again after a failure, up to `times` more; applies to runs (also in pools and pipelines), not to `start`. */
  retry(times: number | RetryOptions, delay?: Duration, when?: RetryPredicate): this {
    const rule = resolveRetry(times, delay, when);
    this.draft.retry = rule.spec;
    this.draft.retryWhen = rule.when;
    return this;
  }

  /**
   * The child outlives this process: it is not waited for, has no timeout unless one is set after this, and gets the
   * null device or files as its output.
   */
  detach(): this {
    this.draft.detached = true;
    return this.timeout(null).idleTimeout(null);
  }
}
