import type { ChildProcess, SendHandle, Serializable } from 'node:child_process';
import type { MessageChannel } from '../contracts/message-channel.js';
import { realTime } from '../clock/real-time.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { guardChannel } from './guard-channel.js';

/** The channel of messages that `child_process` opens to a child (stdio `'ipc'`). */
export class ChildChannel implements MessageChannel {
  readonly closed: Promise<Error | undefined>;
  readonly #child: ChildProcess;
  readonly #waiting: unknown[] = [];
  #listener: ((message: unknown) => void) | undefined;
  #fault: Error | undefined;
  #markClosed!: () => void;

  /** To be made in the turn in which the child was spawned: Node holds no message back once anybody listens. */
  constructor(child: ChildProcess) {
    this.#child = child;
    this.closed = new Promise((resolve) => {
      this.#markClosed = () => {
        resolve(this.#fault);
      };
    });
    child.on('message', (message: unknown, handle?: SendHandle) => {
      discard(handle);
      if (this.#listener === undefined) this.#waiting.push(message);
      else this.#listener(message);
    });
    child.once('disconnect', this.#markClosed);
    guardChannel(child, (fault) => {
      this.#fault = fault;
      this.disconnect();
    });
  }

  get connected(): boolean {
    return this.#child.connected;
  }

  send(message: unknown): Promise<void> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      if (!child.connected) {
        reject(closedError());
        return;
      }
      try {
        child.send(message as Serializable, (error: Error | null) => {
          // Node reports success also for what was still waiting when the channel closed.
          if (error === null && child.connected) resolve();
          else reject(error ?? closedError());
        });
      } catch (cause) {
        const reason = (cause as Error).message;
        reject(new InvalidArgumentError(`The message can not be sent: ${reason}`, { cause }));
      }
    });
  }

  receive(listener: (message: unknown) => void): void {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener(message);
  }

  disconnect(): void {
    const child = this.#child;
    if (!child.connected) return;
    // In the middle of a message Node only closes after its end, which may never come.
    child.channel?.unref();
    child.disconnect();
    // Also after what has been read already and is passed on in the next tick.
    realTime.nextTick(() => {
      realTime.nextTick(this.#markClosed);
    });
  }
}

/** A socket that comes with a message has no taker here, and must not stay open. */
function discard(handle: SendHandle | undefined): void {
  if (typeof handle !== 'object') return;
  if ('destroy' in handle) handle.destroy();
  else if ('close' in handle) handle.close();
}

function closedError(): Error {
  return Object.assign(new Error('the channel is closed'), { code: 'ERR_IPC_CHANNEL_CLOSED' });
}
