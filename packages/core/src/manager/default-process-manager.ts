import { parseTemplate } from '../command/template.js';
import { ClockStack } from '../clock/clock-stack.js';
import type { Clock, ClockSource } from '../contracts/clock.js';
import type { CommandInput } from '../contracts/command.js';
import type {
  DriverDecorator,
  DriverFactory,
  DriverRegistration,
} from '../contracts/driver-factory.js';
import type { Duration } from '../contracts/duration.js';
import type { EventDispatcher } from '../contracts/event-dispatcher.js';
import type { Launchable } from '../contracts/launchable.js';
import type { ProcessMiddleware } from '../contracts/middleware.js';
import type { ProcessManager, TemplateValue } from '../contracts/process-manager.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSnapshot, RunningProcess } from '../contracts/running-process.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { Roster } from '../kernel/roster.js';
import type { ManagedProcess } from '../process/managed-process.js';
import { PendingProcess } from '../process/pending-process.js';
import { emptyDraft } from '../process/process-draft.js';
import type { ProcessEngine, TrackedRun } from '../process/process-engine.js';
import { Leftovers } from '../termination/leftovers.js';
import type { TerminationRequest } from '../termination/termination.js';
import { DriverRegistry } from './driver-registry.js';
import { MacroTable } from './macro-table.js';
import { definePlugInMembers } from './plug-in-members.js';
import type { ResolvedProcessConfig } from './process-config.js';
import { ProcessRegistry } from './process-registry.js';
import { knowLeftovers } from './remains.js';
import { readRunArguments, type RunArgument } from './run-arguments.js';
import { Starters } from './starters.js';

/** The manager that `ProcessServiceProvider` binds. */
class DefaultProcessManager extends Starters {
  readonly #config: ResolvedProcessConfig;
  readonly #drivers: DriverRegistry;
  readonly #processes = new ProcessRegistry();
  readonly #runs = new Roster<TrackedRun>();
  readonly #leftovers = new Leftovers();
  readonly #middleware: ProcessMiddleware[] = [];
  readonly #macros = new MacroTable();
  readonly #engine: ProcessEngine;
  readonly #clocks = new ClockStack();
  #closed = false;

  /** @param events - asked for at every use, so that a dispatcher that is bound later is heard */
  constructor(config: ResolvedProcessConfig, events: () => EventDispatcher) {
    super();
    this.#config = config;
    this.#drivers = new DriverRegistry(config);
    this.#engine = this.#makeEngine(events);
    definePlugInMembers(this);
    knowLeftovers(this, this.#leftovers);
  }

  newPendingProcess(): PendingProcess {
    const { timeoutMs, idleTimeoutMs, graceMs, drain, envMode, output, shell } = this.#config;
    const retention = { ...output, file: null };
    const draft = emptyDraft();
    return new PendingProcess(this.#engine, {
      ...draft,
      timeoutMs,
      idleTimeoutMs,
      graceMs,
      drain,
      env: { ...draft.env, mode: envMode },
      stdout: retention,
      stderr: retention,
      defaultShell: shell,
    });
  }

  $(strings: TemplateStringsArray, ...values: readonly TemplateValue[]): PendingProcess {
    return this.command(parseTemplate(strings, values));
  }

  async run(command?: CommandInput, ...rest: readonly RunArgument[]): Promise<ProcessResult> {
    const { pending, onOutput } = this.#pending(command, rest);
    return pending.run(onOutput);
  }

  async start(command?: CommandInput, ...rest: readonly RunArgument[]): Promise<RunningProcess> {
    const { pending, onOutput } = this.#pending(command, rest);
    return pending.start(onOutput);
  }

  kill(pid: number, signal: NodeJS.Signals | number = 'SIGTERM'): Promise<boolean> {
    const process = this.#processes.running.find((candidate) => candidate.pid === pid);
    return Promise.resolve(process?.kill(signal) ?? false);
  }

  get activeProcesses(): readonly RunningProcess[] {
    return this.#processes.running;
  }

  list(): readonly ProcessSnapshot[] {
    return this.#processes.list();
  }

  find(id: string): ProcessSnapshot | undefined {
    return this.#processes.find(id);
  }

  async terminate(id: string, grace?: Duration): Promise<boolean> {
    const process = this.#processes.get(id);
    if (process === undefined) return false;
    await process.stop(grace);
    return true;
  }

  cleanup(): number {
    return this.#processes.forgetFinished();
  }

  driverNames(): readonly string[] {
    return this.#drivers.names();
  }

  extend(name: string, factory: DriverFactory, registration?: DriverRegistration): this {
    this.#drivers.extend(name, factory, registration);
    return this;
  }

  decorateDrivers(decorate: DriverDecorator): () => void {
    return this.#drivers.decorate(decorate);
  }

  get clock(): Clock {
    return this.#clocks.current;
  }

  useClock(clock: ClockSource): () => void {
    return this.#clocks.use(clock);
  }

  macro(name: string, fn: (...args: never[]) => unknown): void {
    this.#macros.define(this, name, fn);
  }

  hasMacro(name: string): boolean {
    return this.#macros.has(name);
  }

  entryMacro(name: string, make: (...args: never[]) => Launchable): void {
    this.#macros.defineEntry(name, make);
  }

  entryMacros(): ReadonlyMap<string, (...args: never[]) => Launchable> {
    return this.#macros.entries;
  }

  use(middleware: ProcessMiddleware): this {
    if (typeof middleware !== 'function') {
      throw new InvalidArgumentError('A middleware is a function (spec, next) => result.');
    }
    this.#middleware.push(middleware);
    return this;
  }

  async shutdown(): Promise<void> {
    this.#closed = true;
    this.#clocks.release();
    await this.#stopAll();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #stopAll(): Promise<void> {
    const runs = [...this.#runs].filter((run) => !run.detached);
    for (const run of runs) run.cancel(new Error(SHUT_DOWN));
    await Promise.all(runs.map((run) => run.outcome));
    await this.#endRest();
    await this.#leftovers.endAll();
  }

  /** Ends what has outlived its run: a middleware may answer without waiting for the process, or start one later. */
  async #endRest(): Promise<void> {
    const rest = this.#processes.running.filter((process) => !process.detached);
    for (const process of rest) process.terminate(shutDownRequest());
    await Promise.all(rest.map(({ settled }) => settled));
  }

  #pending(
    command: CommandInput | undefined,
    rest: readonly RunArgument[],
  ): ReturnType<typeof readRunArguments> {
    return readRunArguments(this.newPendingProcess(), command, rest);
  }

  #makeEngine(events: () => EventDispatcher): ProcessEngine {
    const drivers = this.#drivers;
    const clocks = this.#clocks;
    const isClosed = (): boolean => this.#closed;
    const guardsOrphans = this.#config.orphans === 'kill';
    const processes = this.#processes;
    const runs = this.#runs;
    return {
      get clock() {
        return clocks.current;
      },
      get events() {
        return events();
      },
      middleware: this.#middleware,
      guardsOrphans,
      leftovers: this.#leftovers,
      resolveDriver: (name) => drivers.resolve(name),
      isClosed,
      track: (run) => {
        void run.outcome.then(runs.enter(run));
      },
      admit: (process: ManagedProcess) => {
        processes.add(process);
        // It was about to start when nobody waited for it any more.
        if (isClosed() && !process.detached) process.terminate(shutDownRequest());
      },
    };
  }
}

const SHUT_DOWN = 'the process manager has been shut down';

function shutDownRequest(): TerminationRequest {
  return { reason: 'cancelled', cause: new Error(SHUT_DOWN) };
}

/** Makes a manager. What plug-ins add to the interface arrives with their macros. */
export function createProcessManager(
  config: ResolvedProcessConfig,
  events: () => EventDispatcher,
): ProcessManager & AsyncDisposable {
  return new DefaultProcessManager(config, events);
}
