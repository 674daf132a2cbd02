import { AsyncResource } from 'node:async_hooks';
import { InvalidArgumentError } from '@proc/core';
import { showValue, warnOfListener } from '@proc/core/internal';
import { decodeError } from '../../errors/decode-error.js';
import type { TaskReference } from '../../functions/task-reference.js';
import { unwrapTransfers } from '../../functions/transfer.js';
import { ForkEndedError } from '../../errors/fork-ended-error.js';
import type { HubSource } from '../../pool/hub-source.js';
import { IpcSession } from '../../pool/ipc-session.js';
import { type ForkAnswer, type ForkOrder, isFromFork } from './fork-messages.js';
import type { ForkedProcess } from './forked-process.js';

type Outcome = { readonly value: unknown } | { readonly thrown: unknown };

/**
 * One function in a process of its own: a fresh Node, which shares no memory with this one. It ends with the function.
 */
export class ForkedTask<R = unknown> {
  readonly #launcher: () => Promise<ForkedProcess>;
  readonly #hub: HubSource;
  readonly #reference: TaskReference;
  readonly #args: readonly unknown[];
  #process: ForkedProcess | undefined;
  #outcome: Outcome | undefined;
  #exitCode: number | null = null;
  #starting: Promise<this> | undefined;
  #ended: Promise<number | null> | undefined;
  #over = false;
  #signal: NodeJS.Signals | undefined;
  readonly #listeners: ((value: unknown) => void)[] = [];

  /** @internal Made by {@link Parallel.fork}. */
  constructor(
    launcher: () => Promise<ForkedProcess>,
    hub: HubSource,
    reference: TaskReference,
    args: readonly unknown[],
  ) {
    this.#launcher = launcher;
    this.#hub = hub;
    this.#reference = reference;
    this.#args = args;
  }

  /**
   * Starts the process. Resolves when it is there; what it runs goes on.
   *
   * @throws {@link InvalidArgumentError} when it was started before
   * @throws the error of a process that can not be started
   */
  start(): Promise<this> {
    const starting = this.#start();
    this.#starting ??= starting;
    return starting;
  }

  async #start(): Promise<this> {
    if (this.#ended !== undefined) throw new InvalidArgumentError('It was started already.');
    const starting = this.#launch();
    this.#ended = this.#follow(starting).finally(() => {
      this.#over = true;
    });
    // Who waits gets the error; nobody has to.
    this.#ended.catch(() => undefined);
    await starting;
    return this;
  }

  /** Undefined until the process is there. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Whether it was started and is over. */
  get hasEnded(): boolean {
    return this.#over;
  }

  /** Whether it was started and is not over. */
  isRunning(): boolean {
    return this.#process?.running() ?? false;
  }

  /**
   * Waits for the end of the process, starting it where that has not been done.
   *
   * @returns its exit code: 0 when the function returned, 1 when it threw, null when a signal ended the process
   * @throws the error of a process that could not be started
   */
  async wait(): Promise<number | null> {
    if (this.#ended === undefined) await this.start();
    // Who is told here need not be told by what start() has given as well.
    this.#starting?.catch(() => undefined);
    return (await this.#ended) ?? null;
  }

  /** As {@link wait} gives it; null until then. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /**
   * What the function returned.
   *
   * @throws what it threw, or a {@link ForkEndedError} when the process ended before it could tell
   */
  async result(): Promise<R> {
    const code = await this.wait();
    const outcome = this.#outcome;
    if (outcome === undefined) {
      throw new ForkEndedError(this.#reference.name, code, this.errorOutput());
    }
    if ('thrown' in outcome) throw outcome.thrown;
    return outcome.value as R;
  }

  /**
   * Hears of what the function gives to `emit` of its context, in order and before the result.
   *
   * @throws {@link InvalidArgumentError} for what is no function
   */
  onEmit(listener: (value: unknown) => void): this {
    if (typeof listener !== 'function') {
      throw new InvalidArgumentError(`onEmit takes a function; got ${showValue(listener)}.`);
    }
    this.#listeners.push(AsyncResource.bind(listener));
    return this;
  }

  /** What it has printed so far. */
  output(): string {
    return this.#process?.output() ?? '';
  }

  /** The same of its standard error. */
  errorOutput(): string {
    return this.#process?.errorOutput() ?? '';
  }

  /**
   * Sends a signal. Default: `SIGTERM`.
   *
   * @returns whether there was a process to get it, or one about to start
   */
  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    if (this.#ended === undefined || this.#over) return false;
    // One that is about to start gets it then.
    this.#signal = signal;
    this.#process?.signal(signal);
    return true;
  }

  async #launch(): Promise<ForkedProcess> {
    const child = await this.#launcher();
    this.#process = child;
    if (this.#signal !== undefined) child.signal(this.#signal);
    return child;
  }

  async #follow(starting: Promise<ForkedProcess>): Promise<number | null> {
    const child = await starting;
    const { value: args } = unwrapTransfers(this.#args, 'process');
    const order: ForkOrder = { reference: this.#reference, args: args as readonly unknown[] };
    const session = this.#connect(child);
    try {
      await child.send(order);
      for await (const message of child.messages()) {
        if (!isFromFork(message)) continue;
        const { said } = message;
        if ('ipc' in said) session.receive(said.ipc);
        else if ('emitted' in said) this.#emit(said.emitted);
        else this.#keep(said);
      }
    } catch (error) {
      // It may have ended, or been ended, before it could be told: then that is what counts.
      if (child.running() && this.#signal === undefined) {
        this.#outcome ??= { thrown: error };
        await child.stop(0);
      }
    }
    const { exitCode } = await child.wait().finally(() => session.end());
    this.#exitCode = exitCode;
    return exitCode;
  }

  #connect(child: ForkedProcess): IpcSession {
    const name = (): string => `fork ${child.pid}`;
    return new IpcSession(this.#hub, name, (frame) => {
      // That it is gone is told by its end.
      child.send({ ipc: frame }).catch(() => undefined);
    });
  }

  #emit(value: unknown): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        // It is nobody's function to fail for a listener.
        warnOfListener('onEmit', error);
      }
    }
  }

  #keep(answer: ForkAnswer): void {
    this.#outcome =
      'error' in answer ? { thrown: decodeError(answer.error) } : { value: answer.value };
  }
}
