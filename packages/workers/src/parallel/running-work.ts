import type { ForkedTask } from './fork/forked-task.js';
import type { Track } from './start-flow.js';

/** What was begun and has not ended. */
export class RunningWork {
  readonly #stops = new Set<(reason: unknown) => void>();
  readonly #forks = new Set<WeakRef<ForkedTask>>();

  readonly track: Track = (stop) => {
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
    };
  };

  /** One that nobody holds any more, and that was never started, is not kept for this. */
  addFork(forked: ForkedTask): void {
    for (const known of this.#forks) {
      const task = known.deref();
      if (task === undefined || task.hasEnded) this.#forks.delete(known);
    }
    this.#forks.add(new WeakRef(forked));
  }

  killAll(signal: NodeJS.Signals): void {
    const reason = new DOMException('All work was ended', 'AbortError');
    for (const stop of [...this.#stops]) stop(reason);
    for (const forked of this.#forks) forked.deref()?.kill(signal);
  }
}
