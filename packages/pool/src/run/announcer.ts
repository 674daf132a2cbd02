import {
  PoolCompleted,
  PoolProgress,
  PoolStarted,
  type Clock,
  type EventDispatcher,
  type PoolProgressSnapshot,
} from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolProgressCallback, PoolProgressDisplay } from '../contracts/pool-options.js';
import { isPromiseLike } from '../scheduler/promise-like.js';

/** Where the news of a run go. */
export interface AnnouncerOptions {
  readonly poolId: string;
  readonly events: EventDispatcher | undefined;
  readonly onProgress: PoolProgressCallback | null;
  /** The callback threw. */
  readonly onError: (error: unknown) => void;
  readonly snapshot: () => PoolProgressSnapshot;
  readonly clock: Clock;
}

/** Tells listeners and the progress callback how a run goes on. Makes no event that nobody hears. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #calls = new Set<Promise<void>>();

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  started(): void {
    const { clock, events, poolId, snapshot } = this.#options;
    this.#display((display) => display.started?.(clock));
    if (events?.hasListeners(PoolStarted) !== true) return;
    void events.dispatch(new PoolStarted(poolId, snapshot()));
  }

  /** An entry began or ended. */
  changed(key: PoolKey): void {
    const { events, poolId, snapshot, onProgress } = this.#options;
    if (events?.hasListeners(PoolProgress) === true) {
      void events.dispatch(new PoolProgress(poolId, snapshot(), key));
    }
    if (onProgress !== null) this.#call(onProgress, key);
  }

  /** Resolves when the progress callback is at work no more. */
  async settled(): Promise<void> {
    await Promise.all(this.#calls);
  }

  completed(): void {
    const { events, poolId, snapshot } = this.#options;
    this.#display((display) => display.completed?.(snapshot()));
    if (events?.hasListeners(PoolCompleted) !== true) return;
    void events.dispatch(new PoolCompleted(poolId, snapshot()));
  }

  /** A display may be a mere function. */
  #display(tell: (display: Partial<PoolProgressDisplay>) => void): void {
    const { onError, onProgress } = this.#options;
    if (onProgress === null) return;
    try {
      tell(onProgress as Partial<PoolProgressDisplay>);
    } catch (error) {
      onError(error);
    }
  }

  #call(onProgress: PoolProgressCallback, key: PoolKey): void {
    const { onError, snapshot } = this.#options;
    try {
      const returned: unknown = onProgress(snapshot(), key);
      if (isPromiseLike(returned)) this.#follow(returned);
    } catch (error) {
      onError(error);
    }
  }

  #follow(returned: PromiseLike<unknown>): void {
    const call = Promise.resolve(returned)
      .then(() => undefined, this.#options.onError)
      .finally(() => this.#calls.delete(call));
    this.#calls.add(call);
  }
}
