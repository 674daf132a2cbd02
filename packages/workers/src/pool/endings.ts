import type { Crew } from './crew.js';
import type { PoolWorker } from './pool-worker.js';

/** Makes tasks end that nobody waits for any more: after their grace, their worker is replaced. */
export class Endings {
  readonly #crew: Crew;

  constructor(crew: Crew) {
    this.#crew = crew;
  }

  after(graceMs: number, worker: PoolWorker, seq: number): void {
    const end = (): void => {
      this.#end(worker, seq);
    };
    if (graceMs === 0) end();
    // As long as the worker has it, that is what keeps this program.
    else setTimeout(end, graceMs).unref();
  }

  #end(worker: PoolWorker, seq: number): void {
    if (!worker.inFlight.has(seq) || worker.state === 'gone') return;
    // It has not begun; what keeps the worker is another one.
    if (worker.lastStarted < seq) return;
    if (worker.runsOthers(seq)) {
      // They must not suffer for it.
      worker.killWhenAlone(seq);
      return;
    }
    worker.kill();
    // The next one is started now, not when this one is gone.
    this.#crew.grow();
  }
}
