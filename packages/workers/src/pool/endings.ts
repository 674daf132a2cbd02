import { realTime } from '@proc/core/internal';
import type { Crew } from './crew.js';
import type { PoolWorker } from './pool-worker.js';

/** How often to look whether a task has begun after all. */
const LOOK_MS = 50;

/** Makes tasks end that nobody waits for any more: after their grace, their worker is replaced. */
export class Endings {
  readonly #crew: Crew;

  constructor(crew: Crew) {
    this.#crew = crew;
  }

  after(graceMs: number, worker: PoolWorker, seq: number): void {
    // What has come meanwhile is read first, however busy this program was: the task may have ended in time.
    const end = (): void => {
      realTime.setImmediate(() => this.#end(worker, seq)).unref();
    };
    // As long as the worker has it, that is what keeps this program.
    if (graceMs > 0) realTime.setTimeout(end, graceMs).unref();
    else this.#end(worker, seq);
  }

  #end(worker: PoolWorker, seq: number): void {
    if (!worker.inFlight.has(seq) || worker.state === 'gone') return;
    if (worker.lastStarted < seq) {
      // What keeps the worker is another one; but it may begin this one without a look at what it was told since.
      this.after(LOOK_MS, worker, seq);
      return;
    }
    if (worker.runsOthers(seq)) {
      // They must not suffer for it.
      this.#crew.doom(worker, seq);
      return;
    }
    worker.kill();
    // The next one is started now, not when this one is gone.
    this.#crew.grow();
  }
}
