import type { ServiceIdentifier } from 'inversify';
import type { PendingProcess } from '../process/pending-process.js';
import type { Secret } from '../redaction/secret.js';
import type { Clock, ClockSource } from './clock.js';
import type { CommandInput, CommandWord } from './command.js';
import type { DriverDecorator, DriverFactory, DriverRegistration } from './driver-factory.js';
import type { Duration } from './duration.js';
import type { Launchable } from './launchable.js';
import type { ProcessMiddleware } from './middleware.js';
import type { OutputCallback } from './output-callback.js';
import type { ProcessOptions } from './process-options.js';
import type { ProcessResult } from './process-result.js';
import type { ProcessStarters } from './process-starters.js';
import type { ProcessSnapshot, RunningProcess } from './running-process.js';

/**
 * A value that a tagged template turns into one argument; a list becomes many. A result stands for its output without
 * the final line end.
 */
export type TemplateValue = TemplateWord | readonly TemplateWord[];
/** One argument, or a part of one. */
export type TemplateWord = string | number | boolean | Secret | ProcessResult;

/**
 * Runs, starts and observes processes. This is what applications inject:
 *
 * @example
 * ```ts
 * @injectable()
 * class Encoder {
 *   constructor(@inject(ProcessManager) private readonly processes: ProcessManager) {}
 *   probe = (file: string) => this.processes.run('ffprobe', [file]);
 * }
 * ```
 *
 * Plug-ins add members by augmenting this interface and registering a {@link macro}.
 */
export interface ProcessManager extends ProcessStarters {
  /**
   * A command written as a template. Every interpolation is exactly one argument, or a part of one; a list is many
   * arguments. Nothing is shell text: `` $`echo ${'a; b'}` `` prints `a; b`. Words are separated by blanks; quotes
   * group; other shell syntax in the literal text is refused.
   */
  $(strings: TemplateStringsArray, ...values: readonly TemplateValue[]): PendingProcess;
  /**
   * Runs to the end.
   *
   * A non-zero exit and a death by signal are results. Rejects with the typed error when the process could not be
   * started, timed out, was cancelled, exceeded its output limit, or a callback or input source failed.
   *
   * @example
   * ```ts
   * await processes.run('ls -la');
   * await processes.run('ls', ['-la'], { cwd: '/tmp' });
   * await processes.run(['ls', '-la'], (type, chunk) => console.log(chunk));
   * ```
   */
  run(
    file: string,
    args: readonly CommandWord[],
    options?: ProcessOptions | OutputCallback,
    onOutput?: OutputCallback,
  ): Promise<ProcessResult>;
  run(
    command?: CommandInput,
    onOutput?: OutputCallback | null,
    options?: ProcessOptions,
  ): Promise<ProcessResult>;
  run(
    command: CommandInput,
    options: ProcessOptions,
    onOutput?: OutputCallback,
  ): Promise<ProcessResult>;
  /** Resolves once the process has been started; rejects with a {@link ProcessStartError} when it can't be. */
  start(
    file: string,
    args: readonly CommandWord[],
    options?: ProcessOptions | OutputCallback,
    onOutput?: OutputCallback,
  ): Promise<RunningProcess>;
  start(
    command?: CommandInput,
    onOutput?: OutputCallback | null,
    options?: ProcessOptions,
  ): Promise<RunningProcess>;
  start(
    command: CommandInput,
    options: ProcessOptions,
    onOutput?: OutputCallback,
  ): Promise<RunningProcess>;
  /**
   * Signals a process that this manager started.
   *
   * @returns false when it has no running process of that pid
   */
  kill(pid: number, signal?: NodeJS.Signals | number): Promise<boolean>;
  /** What it has started and what runs, oldest first. */
  readonly activeProcesses: readonly RunningProcess[];
  /** Running processes and the last 1,000 finished ones, oldest first. */
  list(): readonly ProcessSnapshot[];
  /** A process of {@link list} by its id. */
  find(id: string): ProcessSnapshot | undefined;
  /** Stops a process by its id; false when none of that id runs. */
  terminate(id: string, grace?: Duration): Promise<boolean>;
  /** Forgets the finished ones; returns how many. */
  cleanup(): number;
  /** Names of all drivers that `driver(name)` takes, in the order in which they were added. */
  driverNames(): readonly string[];
  /** Adds a driver, or replaces one; it is made at its first use. */
  extend(name: string, factory: DriverFactory, registration?: DriverRegistration): this;
  /**
   * Wraps every driver at the moment it is used, which is how fakes and recorders step in. The last decorator is
   * outermost.
   *
   * @returns a function that takes the decorator out again
   */
  decorateDrivers(decorate: DriverDecorator): () => void;
  /** What runs measure and wait by: the system's clock, or the last one of {@link useClock}. */
  readonly clock: Clock;
  /**
   * Lets time pass by another clock: for fakes, and for what is waited for between runs and around them, as the limit
   * of a pool or pipeline as a whole. What really runs goes by the system's. The clock is released when the manager is
   * shut down.
   *
   * @returns a function that takes the clock out again
   */
  useClock(clock: ClockSource): () => void;
  /** Adds a method. `fn` is called with the manager as `this`. A second registration replaces the first. */
  macro(name: string, fn: (...args: never[]) => unknown): void;
  /** Whether there is a method that was added by {@link macro}. */
  hasMacro(name: string): boolean;
  /** Adds a verb to the entry builders of pools and pipelines; `make` makes the entry. */
  entryMacro(name: string, make: (...args: never[]) => Launchable): void;
  /** What {@link entryMacro} has added, by name. */
  entryMacros(): ReadonlyMap<string, (...args: never[]) => Launchable>;
  /**
   * Wraps every attempt of every run from now on; the first middleware is outermost. It may change the specification,
   * look at the result, or give one without running anything.
   *
   * @example
   * ```ts
   * processes.use((spec, next) => next({ ...spec, meta: { ...spec.meta, build: 7 } }));
   * ```
   */
  use(middleware: ProcessMiddleware): this;
  /** Stops everything it started and refuses to start more. Idempotent. */
  shutdown(): Promise<void>;
}

export const ProcessManager: ServiceIdentifier<ProcessManager> = Symbol.for(
  '@proc/core/ProcessManager',
);
