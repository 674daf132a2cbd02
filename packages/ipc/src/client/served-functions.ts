import { IpcMismatchError } from '../errors/ipc-mismatch-error.js';
import { remoteFault } from '../errors/remote-fault.js';
import type { CallFrame, ReturnFrame } from '../wire/frames.js';
import type { CallReceiver, Connection } from './connection.js';
import { givenBack } from './given-back.js';

/** What a served function is told beside its arguments, as its last one. */
export interface ServeContext {
  /** Aborts when nobody waits for the outcome any more. */
  readonly signal: AbortSignal;
  /** Name of the session that calls. */
  readonly caller: string;
}

/** Gets the arguments of the call, and a {@link ServeContext}. */
export type ServedFunction = (...args: never[]) => unknown;

/** How a function is served. */
export interface ServeOptions {
  /** How many calls run here at once at most; the others wait. Default: without limit. */
  readonly concurrency?: number | undefined;
}

/** A function that others can call. `await using` or {@link close} ends that. */
export class Served implements AsyncDisposable {
  /** @internal */
  constructor(
    readonly name: string,
    private readonly stop: () => Promise<void>,
  ) {}

  /** Takes no more calls; those that run go on. Idempotent. */
  close(): Promise<void> {
    return this.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return givenBack(this.stop());
  }
}

/** The functions that this process serves. */
export class ServedFunctions implements CallReceiver {
  readonly #functions = new Map<string, ServedFunction>();
  readonly #running = new Map<number, AbortController>();

  constructor(private readonly connection: Connection) {
    connection.receiveCalls(this);
    const abortAll = (): void => {
      for (const running of this.#running.values()) running.abort(connection.lost.reason);
    };
    connection.lost.addEventListener('abort', abortAll, { once: true });
  }

  async serve(name: string, run: ServedFunction, concurrency: number): Promise<Served> {
    if (this.#functions.has(name)) {
      throw new IpcMismatchError(`This connection serves "${name}" already.`);
    }
    this.#functions.set(name, run);
    const release = this.connection.keepAlive();
    const forget = (): boolean => {
      const known = this.#functions.get(name) === run && this.#functions.delete(name);
      if (known) release();
      return known;
    };
    try {
      await this.connection.request('rpc.serve', name, {
        // JSON has no number for it.
        args: concurrency === Infinity ? [] : [concurrency],
      });
    } catch (error) {
      forget();
      throw error;
    }
    return new Served(name, async () => {
      if (forget()) await this.connection.request('rpc.unserve', name);
    });
  }

  call(frame: CallFrame): void {
    void this.#run(frame);
  }

  drop(id: number): void {
    this.#running.get(id)?.abort();
  }

  async #run({ id, name, a, from }: CallFrame): Promise<void> {
    const running = new AbortController();
    this.#running.set(id, running);
    let outcome: ReturnFrame;
    try {
      const run = this.#functions.get(name);
      if (run === undefined) throw new Error(`"${name}" is served no more.`);
      const context: ServeContext = { signal: running.signal, caller: from };
      outcome = { k: 'ret', id, v: await run(...([...a, context] as never[])) };
    } catch (error) {
      outcome = { k: 'ret', id, e: { code: 'remote', error: remoteFault(error) } };
    }
    this.#running.delete(id);
    this.#answer(outcome);
  }

  #answer(outcome: ReturnFrame): void {
    try {
      this.connection.answer(outcome);
    } catch (error) {
      const fault = remoteFault(error);
      const message = `The result can not be sent: ${fault.message}`;
      const e = { code: 'remote', error: { ...fault, message } } as const;
      this.connection.answer({ k: 'ret', id: outcome.id, e });
    }
  }
}
