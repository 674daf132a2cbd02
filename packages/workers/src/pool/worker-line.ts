import { realTime } from '@proc/core/internal';
import type { WorkerChannel } from '../backends/worker-channel.js';
import { encodeError } from '../errors/encode-error.js';
import { uncloneableError } from '../errors/uncloneable-value-error.js';
import { type Crossing, unwrapTransfers } from '../functions/transfer.js';
import { Kind } from '../protocol/frames.js';
import type { Task } from './task.js';
import { TaskPointers } from './task-pointers.js';
import { type SendFrame, WorkerInbox } from './worker-inbox.js';

/** All that goes to one worker. */
export class WorkerLine {
  readonly #channel: WorkerChannel;
  readonly #onSent: (ms: number) => void;
  readonly #crossing: Crossing;
  readonly #inbox: WorkerInbox;
  readonly #pointers = new TaskPointers();

  /** @param onSent - hears of each frame how long it took to send it */
  constructor(channel: WorkerChannel, crossing: Crossing, onSent: (ms: number) => void) {
    this.#channel = channel;
    this.#onSent = onSent;
    this.#crossing = crossing;
    this.#inbox = new WorkerInbox(this.#send, crossing);
  }

  /** @param asks - see {@link Ask} */
  addTask(task: Task, asks: number): void {
    this.#inbox.addTask(task, this.#pointers.pointTo(task.reference), asks);
  }

  addCancel(seq: number, reason: Error): void {
    this.#inbox.add([Kind.cancel, seq, encodeError(reason)]);
  }

  addPing(beat: number): void {
    this.#inbox.add([Kind.ping, beat]);
  }

  addExit(): void {
    this.#inbox.add([Kind.exit]);
  }

  /**
   * Sends what was added.
   *
   * @param onUnsendable - hears of tasks that can not be sent
   */
  flush(onUnsendable: (seq: number, cause: unknown) => void): void {
    this.#inbox.flush((item, cause) => {
      if (item[0] !== Kind.task) return;
      this.#pointers.resend(item[2], (shipped) => {
        this.#send([[Kind.know, shipped]], []);
      });
      onUnsendable(item[1], cause);
    });
  }

  /** As {@link sendMessage}, what the hub says. @throws a `DataCloneError` */
  sendIpc(frame: unknown): void {
    this.#send([[Kind.ipc, frame]], []);
  }

  /**
   * Sends a task a message at once; all that was added has to be sent before.
   *
   * @throws {@link UncloneableValueError}
   */
  sendMessage(seq: number, message: unknown): void {
    try {
      const { value, transferList } = unwrapTransfers(message, this.#crossing);
      this.#send([[Kind.message, seq, value]], transferList);
    } catch (cause) {
      throw uncloneableError('message', message, this.#crossing, cause);
    }
  }
  readonly #send: SendFrame = (items, transferList) => {
    const begin = realTime.now();
    this.#channel.send(items, transferList);
    this.#onSent(realTime.now() - begin);
  };
}
