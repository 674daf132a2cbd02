import type { LoadedTask, WrapTask } from '../functions/loaded-task.js';
import { TaskLoader } from '../functions/shipping/task-loader.js';
import type { TaskPointer } from '../protocol/frames.js';

/** A function with what is known of its runs. */
export interface KnownTask {
  readonly loaded: LoadedTask;
  /** Moving average of its run time; `undefined` before its first. */
  averageMs: number | undefined;
}

/** The functions that a worker has been sent. One that is ready is had without waiting for a promise. */
export class KnownTasks {
  readonly #loader: TaskLoader;
  readonly #ready = new Map<number, KnownTask>();
  readonly #all = new WeakMap<LoadedTask, KnownTask>();

  /** See {@link TaskLoader}. */
  constructor(loadTimeoutMs: number, wrap?: WrapTask) {
    this.#loader = new TaskLoader(loadTimeoutMs, wrap);
  }

  /** One that has been loaded, and that says nothing new. */
  ready(pointer: TaskPointer): KnownTask | undefined {
    return typeof pointer === 'number' ? this.#ready.get(pointer) : undefined;
  }

  /** Call it when a frame arrives, in the order of frames. */
  load(pointer: TaskPointer): Promise<KnownTask> {
    if (typeof pointer === 'number') return this.#load({ task: pointer }, pointer);
    for (const number of pointer.forget ?? []) this.#ready.delete(number);
    return this.#load(pointer);
  }

  /** For later tasks. */
  learn(shipped: Exclude<TaskPointer, number>): void {
    this.#load(shipped).catch(() => undefined);
  }

  async #load(shipped: Exclude<TaskPointer, number>, plain?: number): Promise<KnownTask> {
    const loaded = await this.#loader.load(shipped);
    let known = this.#all.get(loaded);
    if (known === undefined) {
      known = { loaded, averageMs: undefined };
      this.#all.set(loaded, known);
    }
    if (plain !== undefined) this.#ready.set(plain, known);
    return known;
  }
}
