import { ReferenceShipper } from '../functions/shipping/reference-shipper.js';
import type { TaskReference } from '../functions/task-reference.js';
import type { TaskPointer } from '../protocol/frames.js';

/** Names functions to one worker, which is told of each once. */
export class TaskPointers {
  readonly #shipper = new ReferenceShipper();
  /** The last one, which most often is the next one too. */
  #lastReference: TaskReference | undefined;
  #lastPointer = 0;

  pointTo(reference: TaskReference): TaskPointer {
    if (reference === this.#lastReference) return this.#lastPointer;
    const shipped = this.#shipper.ship(reference);
    // Anything that is more than the number of a function that the worker has.
    if (Object.keys(shipped).length > 1) return shipped;
    const { task } = shipped;
    this.#lastReference = reference;
    this.#lastPointer = task;
    return task;
  }

  /** A frame was not sent. Others may count on it that the worker has the function: it is sent by itself. */
  resend(pointer: TaskPointer, send: (shipped: Exclude<TaskPointer, number>) => void): void {
    if (typeof pointer === 'number') return;
    try {
      send(pointer);
    } catch {
      this.#shipper.undo(pointer);
    }
  }
}
