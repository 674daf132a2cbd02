import {
  allowManyListeners,
  InvalidArgumentError,
  ProcError,
  showValue,
} from '@proc/core/essentials';
import type { FramePort } from '../contracts/frame-port.js';
import type { WaitOptions } from '../contracts/wait-options.js';
import { errorOfFault } from '../errors/error-of-fault.js';
import type { Fault } from '../wire/fault.js';
import {
  isFrame,
  type CallFrame,
  type HubFrame,
  type PongFrame,
  type ReturnFrame,
} from '../wire/frames.js';
import { readWait } from './read-wait.js';

/** What is asked of the hub. */
export interface Ask {
  /** What the primitive is made with. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly args?: readonly unknown[] | undefined;
  readonly wait?: WaitOptions | undefined;
}

/** Runs what the hub wants to be run here. */
export interface CallReceiver {
  call(frame: CallFrame): void;
  drop(id: number): void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: Fault) => void;
}

/** A client's end of a connection: requests, and what they come to. */
export class Connection {
  readonly #port: FramePort;
  readonly #pending = new Map<number, Pending>();
  readonly #lost = new AbortController();
  #receiver: CallReceiver | undefined;
  #progress: unknown;
  #lastId = 0;
  #over: Fault | undefined;
  #keepers = 0;
  /** Why the connection was lost, where that is known. */
  #cause: Error | undefined;

  constructor(port: FramePort, name: string | undefined) {
    this.#port = port;
    port.onFrame((frame) => {
      if (isFrame(frame)) this.#receive(frame as HubFrame);
    });
    port.onClose((reason) => {
      this.#end({ code: 'broker-gone' }, reason);
    });
    port.unref?.();
    if (this.#over === undefined) port.send({ k: 'hello', name, pid: process.pid });
  }

  /** Aborts when the connection is lost or closed. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Has the hub do something. Settles when the hub has decided, which is later than a timeout or an abort where the hub
   * itself is held up.
   *
   * @throws {@link IpcError} as the hub says, {@link InvalidArgumentError}
   */
  async request<T = void>(op: string, name: string, ask: Ask = {}): Promise<T> {
    try {
      return (await this.#ask(op, name, ask)) as T;
    } catch (reason) {
      // Made here, where the stack still knows the caller.
      if (reason instanceof Refusal) {
        throw errorOfFault(reason.fault, {
          op,
          name,
          signal: ask.wait?.signal,
          cause: this.#cause,
        });
      }
      throw reason;
    }
  }

  /** Answers a call. @throws what the channel throws when it can not carry the outcome */
  answer(frame: ReturnFrame | PongFrame): void {
    if (this.#over === undefined) this.#port.send(frame);
  }

  receiveCalls(receiver: CallReceiver): void {
    this.#receiver = receiver;
  }

  /** Tells the hub with the next heartbeats how far this process has come. */
  report(progress: unknown): void {
    this.#progress = progress;
  }

  /** Keeps this process alive until the returned function is called. */
  keepAlive(): () => void {
    if (++this.#keepers === 1) this.#port.ref?.();
    return () => {
      if (--this.#keepers === 0) this.#port.unref?.();
    };
  }

  close(): void {
    this.#end({ code: 'disconnected' });
    this.#port.close();
  }

  async #ask(op: string, name: string, { options, args, wait }: Ask): Promise<unknown> {
    const { timeoutMs: t, signal } = readWait(op, wait);
    if (typeof name !== 'string' || name === '') {
      throw new InvalidArgumentError(`A name is a text that is not empty, not ${showValue(name)}.`);
    }
    if (this.#over !== undefined) throw new Refusal(this.#over);
    if (signal?.aborted === true) throw new Refusal({ code: 'cancelled' });
    const id = ++this.#lastId;
    this.#send({ k: 'req', id, op, name, o: options, a: args, t });
    const release = this.keepAlive();
    const cancel = (): void => {
      this.#port.send({ k: 'cancel', id });
    };
    if (signal !== undefined) {
      allowManyListeners(signal);
      signal.addEventListener('abort', cancel, { once: true });
    }
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const refuse = (fault: Fault): void => {
          reject(new Refusal(fault));
        };
        if (this.#over === undefined) this.#pending.set(id, { resolve, reject: refuse });
        else refuse(this.#over);
      });
    } finally {
      release();
      signal?.removeEventListener('abort', cancel);
    }
  }

  #send(frame: unknown): void {
    try {
      this.#port.send(frame);
    } catch (cause) {
      if (ProcError.is(cause)) throw cause;
      const reason = (cause as Error).message;
      throw new InvalidArgumentError(`The value can not be sent: ${reason}`, { cause });
    }
  }

  #receive(frame: HubFrame): void {
    switch (frame.k) {
      case 'ret': {
        const pending = this.#pending.get(frame.id);
        this.#pending.delete(frame.id);
        if (frame.e === undefined) pending?.resolve(frame.v);
        else pending?.reject(frame.e);
        break;
      }
      case 'call':
        this.#receiver?.call(frame);
        break;
      case 'drop':
        this.#receiver?.drop(frame.id);
        break;
      case 'ping':
        this.#pong();
    }
  }

  #pong(): void {
    try {
      this.answer({ k: 'pong', progress: this.#progress });
    } catch {
      // A progress that can not be sent is no reason to seem dead.
      this.answer({ k: 'pong' });
    }
  }

  #end(fault: Fault, cause?: Error): void {
    if (this.#over !== undefined) return;
    this.#over = fault;
    this.#cause = cause;
    for (const { reject } of this.#pending.values()) reject(fault);
    this.#pending.clear();
    this.#lost.abort(errorOfFault(fault, { op: 'ipc', name: 'connection', cause }));
  }
}

/** A fault on its way to the caller. */
class Refusal extends Error {
  constructor(readonly fault: Fault) {
    super(fault.code);
  }
}
