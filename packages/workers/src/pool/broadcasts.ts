import type { TaskReference } from '../functions/task-reference.js';
import type { PoolEngine } from './pool-engine.js';
import type { Task } from './task.js';

/** How a function is sent to all workers. */
export interface BroadcastOptions {
  /** Also to workers that are started later, before their first task; default: not. */
  readonly sticky?: boolean | undefined;
}

/** What became of it in one worker. */
export type BroadcastResult<R = unknown> =
  | { readonly workerId: number; readonly status: 'fulfilled'; readonly value: R }
  | { readonly workerId: number; readonly status: 'rejected'; readonly reason: unknown };

type MakeTask = (reference: TaskReference, args: readonly unknown[], name: string) => Task;

/** Runs functions in all workers of a pool. */
export class Broadcasts {
  readonly #engine: PoolEngine;
  readonly #make: MakeTask;
  readonly #sticky: (() => Task)[] = [];

  constructor(engine: PoolEngine, make: MakeTask) {
    this.#engine = engine;
    this.#make = make;
    engine.onNewWorker = () => this.#sticky.map((task) => task());
  }

  async send(
    reference: TaskReference,
    args: readonly unknown[],
    { sticky = false }: BroadcastOptions,
  ): Promise<BroadcastResult[]> {
    const task = (): Task => this.#make(reference, args, `broadcast ${reference.name}`.trim());
    const workers = [...this.#engine.crew.workers].filter(
      ({ state, isGoing }) =>
        !isGoing && (state === 'starting' || state === 'spare' || state === 'ready'),
    );
    if (sticky) this.#sticky.push(task);
    return Promise.all(
      workers.map(async (worker): Promise<BroadcastResult> => {
        const { id: workerId } = worker;
        const one = task();
        this.#engine.pin(one, worker);
        try {
          return { workerId, status: 'fulfilled', value: await one.result };
        } catch (reason) {
          return { workerId, status: 'rejected', reason };
        }
      }),
    );
  }
}
