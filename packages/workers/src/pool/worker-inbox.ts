import type { WorkerChannel } from '../backends/worker-channel.js';
import { type Crossing, type Transferable, unwrapTransfers } from '../functions/transfer.js';
import { Kind, type TaskPointer, type ToWorker } from '../protocol/frames.js';
import type { Task } from './task.js';

/** An item with the task that it is for. */
export interface WorkerMessage {
  readonly item: ToWorker;
  readonly task: Task | undefined;
}

/** Items of one frame; more go in the next. */
const MOST = 128;
const NOTHING: readonly Transferable[] = [];

/** Collects what a worker is to be sent, so that it crosses in few frames. */
export class WorkerInbox {
  readonly #channel: WorkerChannel;
  readonly #crossing: Crossing;
  readonly #broken: [message: WorkerMessage, cause: unknown][] = [];
  #items: ToWorker[] = [];
  #tasks: (Task | undefined)[] = [];
  #transfers: (readonly Transferable[])[] = [];
  #hasTransfers = false;

  constructor(channel: WorkerChannel, crossing: Crossing) {
    this.#channel = channel;
    this.#crossing = crossing;
  }

  add(item: ToWorker, task?: Task, transferList: readonly Transferable[] = NOTHING): void {
    this.#items.push(item);
    this.#tasks.push(task);
    this.#transfers.push(transferList);
    if (transferList.length > 0) this.#hasTransfers = true;
  }

  /** Arguments may have marks of {@link transfer}. */
  addTask(task: Task, pointer: TaskPointer, announce: 0 | 1): void {
    const { seq, number, attempt } = task;
    try {
      const { value, transferList } = unwrapTransfers(task.args, this.#crossing);
      const args = value as readonly unknown[];
      this.add([Kind.task, seq, pointer, args, number, attempt, announce], task, transferList);
    } catch (cause) {
      // A getter of theirs has thrown.
      const item: ToWorker = [Kind.task, seq, pointer, [], number, attempt, announce];
      this.#broken.push([{ item, task }, cause]);
    }
  }

  /** @param onUnsendable - hears of what can not be copied; all else is sent */
  flush(onUnsendable: (message: WorkerMessage, cause: unknown) => void): void {
    while (this.#items.length > 0) {
      const items = this.#items.splice(0, MOST);
      const tasks = this.#tasks.splice(0, MOST);
      const transfers = this.#transfers.splice(0, MOST);
      try {
        this.#channel.send(items, this.#hasTransfers ? transfers.flat() : []);
      } catch {
        // One of them can not be copied; the others must not suffer for it.
        for (const [index, item] of items.entries()) {
          try {
            this.#channel.send([item], transfers[index] ?? []);
          } catch (cause) {
            onUnsendable({ item, task: tasks[index] }, cause);
          }
        }
      }
    }
    this.#hasTransfers = false;
    for (const [message, cause] of this.#broken.splice(0)) onUnsendable(message, cause);
  }
}
