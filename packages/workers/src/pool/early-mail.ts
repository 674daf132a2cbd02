import type { InFlight } from './in-flight.js';
import type { Task } from './task.js';
import type { WorkerLine } from './worker-line.js';

/** What tasks were sent before a worker had them: goes to it right behind them. */
export class EarlyMail {
  readonly #line: WorkerLine;
  readonly #inFlight: InFlight;
  readonly #tasks: Task[] = [];

  /** @param inFlight - what the worker has: the others have no use for theirs any more */
  constructor(line: WorkerLine, inFlight: InFlight) {
    this.#line = line;
    this.#inFlight = inFlight;
  }

  /** A task goes to the worker with the next frame. */
  expect(task: Task): void {
    if (task.mail !== undefined) this.#tasks.push(task);
  }

  /** To be called once the frame is sent. */
  deliver(): void {
    for (const task of this.#tasks.splice(0)) this.#deliverTo(task);
  }

  #deliverTo(task: Task): void {
    for (const value of task.mail ?? []) {
      if (this.#inFlight.get(task.seq) !== task) return;
      try {
        this.#line.sendMessage(task.seq, value);
      } catch (error) {
        // It was changed since it was looked at; who has sent it is told nothing any more.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
