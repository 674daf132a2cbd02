import { encodeError, uncloneableError } from '../errors/late-errors.js';
import {
  type Crossing,
  crossingTo,
  type Unwrapped,
  unwrapTransfers,
} from '../functions/transfer.js';
import { FrameTransfers } from '../protocol/frame-transfers.js';
import { type FromWorker, Kind } from '../protocol/frames.js';
import type { WorkerLink } from './worker-link.js';

/** What a task makes of them holds back nothing that its worker has to say. */
const realQueueMicrotask = queueMicrotask;
const realNextTick = process.nextTick.bind(process);
const afterPromises = (task: () => void): void => {
  realQueueMicrotask(() => realNextTick(task));
};

/** Collects what a worker has to say, so that it crosses in few frames. */
export class Outbox {
  readonly #link: WorkerLink;
  readonly #crossing: Crossing;
  readonly #transfers = new FrameTransfers<FromWorker>();
  #items: FromWorker[] = [];
  #scheduled = false;

  constructor(link: WorkerLink) {
    this.#link = link;
    this.#crossing = crossingTo(link.kind);
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Sends it with what else is said in this turn. */
  add(item: FromWorker): void {
    this.#items.push(item);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the microtasks: whatever promises bring about by then goes along.
    (this.#link.afterPromises ?? afterPromises)(this.flush);
  }

  /** What a task comes to; it may have marks of {@link transfer}. */
  addResult(seq: number, value: unknown, ns: number): void {
    let parts: Unwrapped;
    try {
      parts = unwrapTransfers(value, this.#crossing);
    } catch (error) {
      // A getter of the value's has thrown.
      this.add([Kind.error, seq, encodeError(error), ns]);
      return;
    }
    const item: FromWorker = [Kind.done, seq, parts.value, ns];
    this.#transfers.add(item, parts.transferList);
    this.add(item);
  }

  /**
   * Sends a message of a task at once, and after what was said before.
   *
   * @throws {@link UncloneableValueError}
   */
  sendMessage(seq: number, message: unknown): void {
    this.flush();
    try {
      const { value, transferList } = unwrapTransfers(message, this.#crossing);
      this.#link.send([[Kind.emitted, seq, value]], transferList);
    } catch (cause) {
      throw uncloneableError('message', message, this.#crossing, cause);
    }
  }

  /**
   * Sends what goes to the hub at once, and after what was said before.
   *
   * @throws a `DataCloneError` for what can not be copied
   */
  sendIpc(frame: unknown): void {
    this.flush();
    this.#link.send([[Kind.ipc, frame]], []);
  }

  readonly flush = (): void => {
    this.#scheduled = false;
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    try {
      this.#link.send(items, this.#transfers.of(items));
    } catch {
      // One of them can not be copied; the others must not suffer for it.
      for (const item of items) this.#sendAlone(item);
    }
    this.#transfers.forget(items);
  };

  #sendAlone(item: FromWorker): void {
    try {
      this.#link.send([item], this.#transfers.of([item]));
    } catch (cause) {
      this.#link.send([this.#replacement(item, cause)], []);
    }
  }

  /** What is said instead of something that can not be copied: of all that is collected only a result may be that. */
  #replacement(item: FromWorker, cause: unknown): FromWorker {
    const [, seq, value] = item as readonly [number, number, unknown];
    const error = uncloneableError('result', value, this.#crossing, cause);
    return [Kind.error, seq, encodeError(error), 0];
  }
}
