import type {
  Duration,
  Launchable,
  LaunchContext,
  Launched,
  OutputType,
  ProcessResult,
} from '@proc/core';
import { ProcError } from '@proc/core';
import { HandMadeResult, type ResultParts } from './hand-made-result.js';

/** Stands for the error of a run that was cancelled. */
export class HandMadeCancellation extends ProcError {
  readonly code = 'ERR_HAND_MADE_CANCELLATION';
}

/** A launch that ends when the test says so, when it is stopped, or when its signal is aborted. */
export class HandMadeRun implements Launched {
  readonly pid = undefined;
  readonly outcome: Promise<ProcessResult>;
  readonly signals: (NodeJS.Signals | number)[] = [];
  readonly stops: { readonly grace: Duration | undefined; readonly signal: unknown }[] = [];
  /** Whether `stop` and an abort end it. */
  obedient = true;
  #resolve: (result: ProcessResult) => void = () => undefined;
  #running = true;
  readonly #onAbort = (): void => {
    const cause: unknown = this.context.signal?.reason;
    const error = new HandMadeCancellation('cancelled', { cause });
    if (this.obedient) this.end({ exitCode: null, reason: 'cancelled', error });
  };

  constructor(readonly context: LaunchContext) {
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    context.signal?.addEventListener('abort', this.#onAbort);
  }

  running(): boolean {
    return this.#running;
  }

  signal(signal: NodeJS.Signals | number): boolean {
    this.signals.push(signal);
    return this.#running;
  }

  async stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult> {
    this.stops.push({ grace, signal });
    if (this.obedient) this.end({ exitCode: null, signal: 'SIGTERM', reason: 'stopped' });
    return this.outcome;
  }

  print(chunk: string, type: OutputType = 'out'): void | Promise<void> {
    return this.context.onOutput?.(type, chunk, this.context.key);
  }

  end(parts: ResultParts = {}): void {
    if (!this.#running) return;
    this.#running = false;
    this.context.signal?.removeEventListener('abort', this.#onAbort);
    this.#resolve(new HandMadeResult(parts));
  }
}

/** An entry whose launches are in the hands of the test. */
export class HandMadeEntry implements Launchable {
  readonly runs: HandMadeRun[] = [];

  constructor(
    readonly name = 'made by hand',
    readonly onLaunch: (run: HandMadeRun) => void = () => undefined,
  ) {}

  launch(context: LaunchContext = {}): HandMadeRun {
    const run = new HandMadeRun(context);
    this.runs.push(run);
    this.onLaunch(run);
    return run;
  }

  /** The latest launch. */
  get run(): HandMadeRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error(`${this.name} has not been launched`);
    return run;
  }

  get launched(): boolean {
    return this.runs.length > 0;
  }

  toString(): string {
    return this.name;
  }
}

/** As many entries as asked for, named by their position. */
export function entries(count: number): HandMadeEntry[] {
  return Array.from({ length: count }, (_, index) => new HandMadeEntry(`entry ${index}`));
}

/** An entry that ends by itself, as soon as it is launched. */
export function ending(parts: ResultParts = {}, name?: string): HandMadeEntry {
  return new HandMadeEntry(name, (run) => run.end(parts));
}
