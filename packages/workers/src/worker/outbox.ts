import { encodeError, uncloneableError } from '../errors/late-errors.js';
import {
  type Crossing,
  crossingTo,
  type Transferable,
  type Unwrapped,
  unwrapTransfers,
} from '../functions/transfer.js';
import { type FromWorker, Kind } from '../protocol/frames.js';
import type { WorkerLink } from './worker-link.js';

/** Collects what a worker has to say, so that it crosses in few frames. */
export class Outbox {
  readonly #link: WorkerLink;
  readonly #crossing: Crossing;
  #items: FromWorker[] = [];
  #transferList: Transferable[] = [];
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
    queueMicrotask(() => process.nextTick(this.flush));
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
    for (const part of parts.transferList) this.#transferList.push(part);
    this.add([Kind.done, seq, parts.value, ns]);
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
    const transferList = this.#transferList;
    this.#items = [];
    this.#transferList = [];
    try {
      this.#link.send(items, transferList);
    } catch {
      // One of them can not be copied; the others must not suffer for it.
      for (const item of items) this.#sendAlone(item, transferList);
    }
  };

  #sendAlone(item: FromWorker, transferList: readonly Transferable[]): void {
    try {
      this.#link.send([item], transferList.length === 0 ? [] : unwrapped(item, transferList));
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

/** Those that are somewhere in the item; a buffer that the value no longer has can not be handed over with it. */
function unwrapped(item: FromWorker, transferList: readonly Transferable[]): Transferable[] {
  const [, , value] = item as readonly [number, number, unknown];
  return transferList.filter((part) => part === value || contains(value, part));
}

function contains(value: unknown, part: Transferable): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (ArrayBuffer.isView(value)) return value.buffer === part;
  return Object.values(value).some((each) => each === part || contains(each, part));
}
