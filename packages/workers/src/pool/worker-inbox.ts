import { type Crossing, type Transferable, unwrapTransfers } from '../functions/transfer.js';
import { FrameTransfers } from '../protocol/frame-transfers.js';
import { Kind, type TaskPointer, type ToWorker } from '../protocol/frames.js';
import type { Task } from './task.js';

/** Sends a frame. @throws a `DataCloneError` when something in it can not be copied; then nothing was sent */
export type SendFrame = (items: readonly ToWorker[], transferList: readonly Transferable[]) => void;

/** Items of one frame; more go in the next. */
const MOST = 128;

/** Collects what a worker is to be sent, so that it crosses in few frames. */
export class WorkerInbox {
  readonly #sendFrame: SendFrame;
  readonly #crossing: Crossing;
  readonly #broken: [item: ToWorker, cause: unknown][] = [];
  readonly #transfers = new FrameTransfers<ToWorker>();
  #items: ToWorker[] = [];

  constructor(sendFrame: SendFrame, crossing: Crossing) {
    this.#sendFrame = sendFrame;
    this.#crossing = crossing;
  }

  add(item: ToWorker): void {
    this.#items.push(item);
  }

  /** Arguments may have marks of {@link transfer}. */
  addTask(task: Task, pointer: TaskPointer, asks: number): void {
    const { seq, number, attempt } = task;
    try {
      const { value, transferList } = unwrapTransfers(task.args, this.#crossing);
      const args = value as readonly unknown[];
      const item: ToWorker = [Kind.task, seq, pointer, number, attempt, asks, ...args];
      this.#items.push(item);
      this.#transfers.add(item, transferList);
    } catch (cause) {
      // A getter of theirs has thrown.
      this.#broken.push([[Kind.task, seq, pointer, number, attempt, asks], cause]);
    }
  }

  /** @param onUnsendable - hears of what can not be copied; all else is sent */
  flush(onUnsendable: (item: ToWorker, cause: unknown) => void): void {
    if (this.#items.length > 0) this.#send(onUnsendable);
    for (const [item, cause] of this.#broken.splice(0)) onUnsendable(item, cause);
  }

  #send(onUnsendable: (item: ToWorker, cause: unknown) => void): void {
    const all = this.#items;
    this.#items = [];
    for (let start = 0; start < all.length; start += MOST) {
      const items = all.length <= MOST ? all : all.slice(start, start + MOST);
      try {
        this.#sendFrame(items, this.#transfers.of(items));
      } catch {
        // One of them can not be copied; the others must not suffer for it.
        for (const item of items) this.#sendAlone(item, onUnsendable);
      }
    }
    this.#transfers.forget(all);
  }

  #sendAlone(item: ToWorker, onUnsendable: (item: ToWorker, cause: unknown) => void): void {
    try {
      this.#sendFrame([item], this.#transfers.of([item]));
    } catch (cause) {
      onUnsendable(item, cause);
    }
  }
}
