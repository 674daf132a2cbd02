import { exhaustionText, realTime } from '@proc/core/internal';
import type { WorkerEnd } from '../backends/worker-channel.js';

/** Waits between two tries, in milliseconds; each is shortened by up to a half, so that pools do not keep in step. */
const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2000;
/** How long no worker may be had until a warning says why. */
const SILENT_MS = 60_000;

/**
 * Waits for what the system is short of: descriptors, processes or memory. Others may give some back at any time, so
 * that says nothing of the workers, however often they can not be started.
 */
export class Shortage {
  readonly #onRetry: () => void;
  #delay = FIRST_DELAY_MS;
  #timer: NodeJS.Timeout | undefined;
  #since: number | undefined;
  #lack: string | undefined;
  #hasWarned = false;

  /** @param onRetry - called when one may be tried again */
  constructor(onRetry: () => void) {
    this.#onRetry = onRetry;
  }

  /** Whether it goes on as far as anybody knows: none has been ready since. */
  get isActive(): boolean {
    return this.#since !== undefined;
  }

  /** What for no worker could be started last; `undefined` where it does not go on. */
  get lack(): string | undefined {
    return this.#lack;
  }

  /** Whether none is to be tried now. */
  get holds(): boolean {
    return this.#timer !== undefined;
  }

  /** One more could not be started. @param lack - what for */
  begin(poolName: string, lack: string): void {
    const now = realTime.now();
    this.#since ??= now;
    this.#lack = lack;
    if (now - this.#since > SILENT_MS) this.#warn(poolName, lack);
    if (this.#timer !== undefined) return;
    const delay = this.#delay * (1 - Math.random() / 2);
    this.#delay = Math.min(2 * this.#delay, LONGEST_DELAY_MS);
    this.#timer = realTime.setTimeout(() => {
      this.#timer = undefined;
      this.#onRetry();
    }, delay);
    this.#timer.unref();
  }

  /** Keeps this program alive until the next try, as tasks do that wait for it. */
  hold(): void {
    this.#timer?.ref();
  }

  /** One is ready, or none is wanted any more. */
  end(): void {
    realTime.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#since = undefined;
    this.#lack = undefined;
    this.#delay = FIRST_DELAY_MS;
  }

  /** Who waits in silence looks like who hangs. */
  #warn(poolName: string, lack: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    process.emitWarning(
      `The pool "${poolName}" has been waiting for a minute to start a worker: ${lack}. It tries on.`,
      { type: 'WorkerPoolWarning', code: 'PROC_WORKERS_WAIT' },
    );
  }
}

/** What the system was short of for a worker that was never ready; `undefined` where it failed for another reason. */
export function lackOf({ error }: Pick<WorkerEnd, 'error'>): string | undefined {
  const { code, message = '' } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: string;
  };
  // Node says of threads only in words why.
  return exhaustionText(code === 'ERR_WORKER_INIT_FAILED' ? /\w+$/.exec(message)?.[0] : code);
}
