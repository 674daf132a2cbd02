import {
  Application,
  defineProcessConfig,
  ProcessManager,
  ProcessServiceProvider,
  type LaunchSpec,
  type PendingProcess,
  type ProcessDriver,
  type ProcessHandle,
  type ProcessResult,
} from '@proc/core';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeProgram, type ConformanceProgram, type ProgramCommand } from './programs.js';
import { within } from './wait-for.js';

/** What a case runs the driver with: through a manager, as applications do, and directly. */
export class ConformanceContext {
  /** A manager that starts everything with the driver. */
  readonly processes: ProcessManager;
  readonly #app: Application;
  readonly #program: ProgramCommand;
  readonly #handles: ProcessHandle[] = [];
  readonly #pids: number[] = [];
  #directory: string | undefined;

  constructor(
    readonly driver: ProcessDriver,
    program: ProgramCommand = nodeProgram,
  ) {
    this.#program = program;
    this.#app = new Application({
      providers: [ProcessServiceProvider],
      config: { process: defineProcessConfig({ default: 'candidate', orphans: 'leave' }) },
    });
    void this.#app.boot();
    this.processes = this.#app.get(ProcessManager).extend('candidate', () => driver);
  }

  /** A description of a program's run, through the manager. */
  command(program: ConformanceProgram, ...args: readonly string[]): PendingProcess {
    return this.processes.command(this.#program(program, args));
  }

  /** Runs one of the programs to its end. */
  run(program: ConformanceProgram, ...args: readonly string[]): Promise<ProcessResult> {
    return this.command(program, ...args).run();
  }

  /** A launch as core hands it to drivers: all three streams piped, and a group of its own. */
  launchOf(
    program: ConformanceProgram,
    args: readonly string[] = [],
    changes: Partial<LaunchSpec> = {},
  ): LaunchSpec {
    const [file = '', ...rest] = this.#program(program, args);
    const spec = this.processes
      .command([file, ...rest])
      .interactive()
      .toSpec();
    return {
      spec,
      file,
      args: rest,
      cwd: null,
      env: { ...process.env } as Record<string, string>,
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      processGroup: true,
      detached: false,
      uid: null,
      gid: null,
      nice: spec.nice,
      limits: spec.limits,
      ipc: spec.ipc,
      verbatimArguments: false,
      ...changes,
    };
  }

  /** Starts a program with the driver itself. */
  async launch(
    program: ConformanceProgram,
    args: readonly string[] = [],
    changes: Partial<LaunchSpec> = {},
  ): Promise<ProcessHandle> {
    const handle = await this.driver.start(this.launchOf(program, args, changes));
    handle.stdin?.on('error', () => undefined);
    this.#handles.push(handle);
    return handle;
  }

  /** A directory of this case's own; its real path. */
  async directory(): Promise<string> {
    this.#directory ??= await realpath(await mkdtemp(join(tmpdir(), 'proc-conformance-')));
    return this.#directory;
  }

  /** Sees to it that a process is killed at the end of the case. */
  cleanUp(pid: number): void {
    this.#pids.push(pid);
  }

  /** Ends whatever the case has left, and rejects with the first error that a driver threw meanwhile. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    const attempt = (work: () => unknown): void => {
      try {
        work();
      } catch (error) {
        failures.push(error);
      }
    };
    for (const handle of this.#handles) attempt(() => handle.signal('SIGKILL'));
    for (const pid of this.#pids) kill(pid);
    // A broken driver must not keep the suite from going on.
    const ends = [this.#app.shutdown(), ...this.#handles.map(({ exited }) => exited)];
    await within(5000, 'The end of all processes', Promise.allSettled(ends)).catch(() => undefined);
    for (const { stdin, stdout, stderr, channel } of this.#handles) {
      attempt(() => channel?.disconnect());
      for (const stream of [stdin, stdout, stderr]) attempt(() => stream?.destroy());
    }
    if (this.#directory !== undefined) await rm(this.#directory, { recursive: true, force: true });
    if (failures.length > 0) throw failures[0];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
