import type {
  Duration,
  Launchable,
  Launched,
  LaunchContext,
  ProcError,
  ProcessResult,
  TerminationReason,
} from '@proc/core';
import { describedLine, RecordedResult } from '@proc/core/internal';
import { KeptSpool } from '../../src/results/kept-spool.js';
import { Spool } from '../../src/streams/spool.js';

/** What a hand-made result is made of. */
export interface ResultParts {
  readonly exitCode?: number | null;
  readonly signal?: NodeJS.Signals | null;
  readonly reason?: TerminationReason | null;
  readonly error?: ProcError | null;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly command?: string;
}

export function resultOf(parts: ResultParts = {}): ProcessResult {
  const { exitCode = parts.signal === undefined && parts.error === undefined ? 0 : null } = parts;
  const command = parts.command ?? 'hand-made';
  return new RecordedResult(
    {
      command,
      pid: 4711,
      exitCode,
      signal: parts.signal ?? null,
      exitText: exitCode === 0 ? 'OK' : 'General error',
      shellCode: exitCode ?? 1,
      stdout: kept(parts.stdout),
      stderr: kept(parts.stderr),
      startedAt: new Date(),
      endedAt: new Date(),
      durationMs: 1,
      attempts: 1,
      reason: parts.reason ?? null,
      error: parts.error ?? null,
      outputHeldOpen: false,
      outputTruncated: false,
      tag: null,
      meta: {},
    },
    describedLine(command),
  );
}

function kept(text = ''): KeptSpool {
  const spool = new Spool();
  spool.append(Buffer.from(text));
  return new KeptSpool(spool);
}

/** A launch that ends when the test says so, or when it is stopped or cancelled. */
export class HandMadeLaunch implements Launched {
  readonly pid = 4711;
  readonly outcome: Promise<ProcessResult>;
  readonly signals: (NodeJS.Signals | number)[] = [];
  readonly stops: (readonly [Duration | undefined, NodeJS.Signals | number | undefined])[] = [];
  #resolve!: (result: ProcessResult) => void;
  #running = true;

  constructor(readonly context: LaunchContext) {
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    context.signal?.addEventListener('abort', () =>
      this.end({ exitCode: null, reason: 'cancelled' }),
    );
  }

  end(parts: ResultParts = {}): void {
    this.#running = false;
    this.#resolve(resultOf(parts));
  }

  running(): boolean {
    return this.#running;
  }

  signal(signal: NodeJS.Signals | number): boolean {
    this.signals.push(signal);
    return this.#running;
  }

  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult> {
    this.stops.push([grace, signal]);
    this.end({ exitCode: null, signal: 'SIGTERM', reason: 'stopped' });
    return this.outcome;
  }
}

/** A stage in the hand of the test. */
export class HandMadeStage implements Launchable {
  readonly launches: HandMadeLaunch[] = [];
  #waiting: ((launch: HandMadeLaunch) => void)[] = [];

  /** @param ending - how a launch ends at once; without it the test ends it */
  constructor(
    readonly line = 'hand-made',
    readonly ending?:
      ResultParts | ((context: LaunchContext) => ResultParts | Promise<ResultParts>),
  ) {}

  launch(context: LaunchContext = {}): HandMadeLaunch {
    const launch = new HandMadeLaunch(context);
    this.launches.push(launch);
    for (const resolve of this.#waiting.splice(0)) resolve(launch);
    if (typeof this.ending === 'function') {
      void Promise.resolve(this.ending(context)).then((parts) => launch.end(parts));
    } else if (this.ending !== undefined) {
      launch.end(this.ending);
    }
    return launch;
  }

  /** The next launch, or the one that there is. */
  async launched(): Promise<HandMadeLaunch> {
    return this.launches.at(-1) ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  toString(): string {
    return this.line;
  }
}
