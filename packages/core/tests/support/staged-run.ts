import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { jest } from '@jest/globals';
import type { OutputCallback } from '../../src/contracts/output-callback.js';
import type { ProcessExit } from '../../src/contracts/process-handle.js';
import type { ProcessManager } from '../../src/contracts/process-manager.js';
import type { ProcessOptions } from '../../src/contracts/process-options.js';
import type { ProcessResult } from '../../src/contracts/process-result.js';
import type { RunningProcess } from '../../src/contracts/running-process.js';
import { ProcessError } from '../../src/errors/process-error.js';
import { createProcessManager } from '../../src/manager/default-process-manager.js';
import { resolveProcessConfig } from '../../src/manager/define-process-config.js';
import { Gate, settled } from './captured.js';
import { HandMadeHandle } from './hand-made-handle.js';
import { RecordingDispatcher } from './recording-dispatcher.js';
import { StubDriver } from './stub-driver.js';

/** How a run is set up. */
export interface Stage {
  readonly timeout: number | null;
  readonly idleTimeout: number | null;
  readonly grace: number;
  readonly retry: number;
  /** Bytes per stream; one more ends the process. */
  readonly maxOutput: number | null;
  readonly callback: 'none' | 'hears' | 'waits' | 'throws' | 'rejects';
  /** The call of the callback that fails, from 1. */
  readonly failsAt: number;
  readonly hasInput: boolean;
  /** Dies of SIGTERM, rather than of SIGKILL alone. */
  readonly obeys: boolean;
  /** A descendant keeps its output open. */
  readonly leavesOutput: boolean;
}

class StagedHandle extends HandMadeHandle {
  exitedWith: ProcessExit | undefined;
  readonly #leavesOutput: boolean;

  constructor(stage: Stage) {
    super();
    this.fatal = stage.obeys ? ['SIGTERM', 'SIGKILL'] : ['SIGKILL'];
    this.#leavesOutput = stage.leavesOutput;
  }

  override exit(exit: ProcessExit = { exitCode: 0, signal: null }): void {
    this.exitedWith ??= exit;
    super.exit(exit);
  }

  override end(exit: ProcessExit = { exitCode: 0, signal: null }): void {
    if (this.exitedWith !== undefined) return;
    if (this.#leavesOutput && exit.signal !== null) this.exit(exit);
    else super.end(exit);
  }
}

/** A run of hand-made processes on a clock that the test moves. */
export class StagedRun {
  readonly stage: Stage;
  readonly handles: StagedHandle[] = [];
  readonly events = new RecordingDispatcher();
  readonly input: PassThrough | undefined;
  readonly manager: ProcessManager;
  /** How the run and everything that was asked of it has ended: a result, or an error. */
  readonly ends: unknown[] = [];
  /** How the run itself has ended. */
  end: unknown;
  asked = 0;
  calls = 0;
  hasBeenHeld = false;
  readonly #abort = new AbortController();
  readonly #gates: Gate[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
    // A stream could be read by the first attempt only.
    this.input = stage.hasInput && stage.retry === 0 ? new PassThrough() : undefined;
    const driver = new StubDriver();
    driver.start = () => {
      const handle = new StagedHandle(stage);
      this.handles.push(handle);
      return Promise.resolve(handle);
    };
    const config = resolveProcessConfig({ default: 'stub' });
    this.manager = createProcessManager(config, () => this.events).extend('stub', () => driver);
  }

  /** The process of the latest attempt. */
  get handle(): StagedHandle {
    const handle = this.handles.at(-1);
    if (handle === undefined) throw new Error('nothing has been started');
    return handle;
  }

  get process(): RunningProcess | undefined {
    return this.manager.activeProcesses.at(-1);
  }

  /** Whether the run itself has ended. */
  get done(): boolean {
    return this.end !== undefined;
  }

  /** The result of the run, also of one that ended in an error. */
  get result(): ProcessResult | undefined {
    const { end } = this;
    return ProcessError.is(end) ? end.result : (end as ProcessResult | undefined);
  }

  async begin(): Promise<void> {
    // A run that failed its test may have left some.
    jest.clearAllTimers();
    const run = this.manager.run(['program'], this.#callback(), this.#options());
    this.ask(
      run.then(
        (result) => (this.end = result),
        (error: unknown) => (this.end = error),
      ),
    );
    while (this.handles.length === 0 && !this.done) await settled();
    await settled();
  }

  /** Waits for something of the run in the background. */
  ask(promise: Promise<unknown>): void {
    this.asked++;
    const note = (end: unknown): unknown => this.ends.push(end);
    promise.then(note, note);
  }

  abort(): void {
    this.#abort.abort(new Error('aborted'));
  }

  /** Lets the callback go on. */
  release(): void {
    for (const gate of this.#gates.splice(0)) gate.open();
  }

  /** What the run has left behind. */
  leftovers(): readonly string[] {
    const listeners = getEventListeners(this.#abort.signal, 'abort').length;
    return [
      ...(jest.getTimerCount() === 0 ? [] : [`${jest.getTimerCount()} timers`]),
      ...(listeners === 0 ? [] : [`${listeners} listeners for the abort`]),
      ...(this.manager.activeProcesses.length === 0 ? [] : ['an active process']),
      ...(this.ends.length === this.asked ? [] : ['somebody who still waits']),
    ];
  }

  #options(): ProcessOptions {
    const { timeout, idleTimeout, grace, retry, maxOutput } = this.stage;
    const limited = { policy: 'fail', limit: maxOutput ?? 0 } as const;
    return {
      timeout,
      idleTimeout: idleTimeout ?? 0,
      grace,
      retry,
      signal: this.#abort.signal,
      input: this.input,
      output: maxOutput === null ? {} : { stdout: limited, stderr: limited },
    };
  }

  #callback(): OutputCallback | undefined {
    const { callback, failsAt } = this.stage;
    if (callback === 'none') return undefined;
    return () => {
      this.calls++;
      if (callback === 'waits') {
        const gate = new Gate();
        this.#gates.push(gate);
        this.hasBeenHeld = true;
        return gate.opened;
      }
      if (this.calls !== failsAt || callback === 'hears') return undefined;
      if (callback === 'rejects') return Promise.reject(new Error('from the callback'));
      throw new Error('from the callback');
    };
  }
}
