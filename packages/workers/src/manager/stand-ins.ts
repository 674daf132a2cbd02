import type { WorkerBackend } from '../backends/worker-channel.js';
import type { TaskHandle } from '../contracts/task-handle.js';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WrapTask } from '../functions/loaded-task.js';
import type { ForkedProcess } from '../parallel/fork/forked-process.js';
import type { PoolEnvironment } from '../pool/pool-environment.js';
import { WorkerPool } from '../pool/worker-pool.js';

/** What is made instead of real workers. */
export interface WorkerFakes {
  backend(kind: WorkerKind): WorkerBackend;
  fork(): ForkedProcess;
  /** For what a task runs in its own worker. */
  wrap(): WrapTask;
}

/** Pools that work in the place of others for a while, with their options and with workers of another make. */
export class StandIns {
  readonly fakes: WorkerFakes;
  readonly #onTask: (task: TaskHandle) => void;
  readonly #pools = new Map<WorkerPool, WorkerPool>();

  constructor(fakes: WorkerFakes, onTask: (task: TaskHandle) => void) {
    this.fakes = fakes;
    this.#onTask = onTask;
  }

  /** The one that works for a pool. */
  for(pool: WorkerPool, environment: PoolEnvironment): WorkerPool {
    let standIn = this.#pools.get(pool);
    if (standIn === undefined) {
      const backend = this.fakes.backend(pool.kind);
      standIn = new WorkerPool({ ...environment, backend }, this.#onTask);
      this.#pools.set(pool, standIn);
    }
    return standIn;
  }

  /** What they have begun comes to no end of its own. */
  async close(): Promise<void> {
    const closing = [...this.#pools.values()].map((pool) => pool.close({ force: true }));
    await Promise.all(closing);
  }
}
