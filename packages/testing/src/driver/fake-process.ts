import type { Clock, LaunchSpec, PollKind, ProcessExit, ProcessHandle } from '@proc/core';
import { systemClock } from '@proc/core/internal';
import type { Readable, Writable } from 'node:stream';
import type { FakeScript, FakeStep } from '../fakes/fake-script.js';
import { FakeChannel } from './fake-channel.js';
import { FakeInput } from './fake-input.js';
import { FakeOutput } from './fake-output.js';
import { nextFakePid } from './fake-pid.js';
import { FakeSignals } from './fake-signals.js';
import { CRASHED, exitOf, performProgram, reportCrash } from './perform-program.js';
import { QuestionCount } from './question-count.js';
import { requireLaunch, requireScript } from './require-start.js';

/** A process that follows a script. */
export class FakeProcess implements ProcessHandle {
  readonly virtual = true;
  readonly pid: number;
  readonly startedAt: Date;
  readonly exited: Promise<ProcessExit>;
  readonly channel: FakeChannel | undefined;
  readonly #launch: LaunchSpec;
  readonly #clock: Clock;
  readonly #script: FakeScript;
  readonly #output: FakeOutput;
  readonly #input: FakeInput | undefined;
  readonly #signals: FakeSignals;
  readonly #questions: QuestionCount;
  readonly #ending = new AbortController();
  readonly #steps: readonly FakeStep[];
  /** Number of the next step. */
  #position = 0;
  #markExited!: (exit: ProcessExit) => void;
  /** How it ends, from the moment on when that is certain. */
  #exit: ProcessExit | undefined;
  #hasExited = false;
  #heldOpen = false;
  #cancelTimer: () => void = () => undefined;

  /**
   * @param clock - what its delays go by
   * @throws {@link InvalidArgumentError} for what no driver is given to start, and for what is no script
   */
  constructor(launch: LaunchSpec, script: FakeScript, clock: Clock = systemClock) {
    requireLaunch(launch);
    requireScript(script);
    this.#clock = clock;
    this.startedAt = clock.date();
    this.pid = script.pid ?? nextFakePid();
    this.#launch = launch;
    this.#script = script;
    this.#steps = script.steps;
    this.#output = new FakeOutput(launch);
    this.#input = launch.stdin === 'pipe' ? new FakeInput() : undefined;
    this.#signals = new FakeSignals(script.ignoredSignals, (signal) => this.#die(signal));
    this.#questions = new QuestionCount(script.iterations ?? 0);
    if (!this.#performs) this.#input?.drain();
    this.channel = launch.ipc === null ? undefined : new FakeChannel(launch.ipc);
    this.#answer();
    this.exited = new Promise((resolve) => {
      this.#markExited = resolve;
    });
    void this.#live();
  }

  get stdin(): Writable | null {
    return this.#input?.writer ?? null;
  }

  get stdout(): Readable | null {
    return this.#output.stdout;
  }

  get stderr(): Readable | null {
    return this.#output.stderr;
  }

  /** The signals that it was sent; the SIGCONT that comes with an ending is none. */
  get signals(): readonly NodeJS.Signals[] {
    return this.#signals.received;
  }

  /** What has been written to its standard input. */
  get received(): Buffer {
    return this.#input?.received ?? Buffer.alloc(0);
  }

  /** The messages that have been sent to it. */
  get messages(): readonly unknown[] {
    return this.channel?.received ?? [];
  }

  signal(signal: NodeJS.Signals): boolean {
    if (!this.groupAlive()) return false;
    this.#signals.deliver(signal);
    return true;
  }

  continue(): void {
    if (this.groupAlive()) this.#signals.continue();
  }

  groupAlive(): boolean {
    return !this.#hasExited || this.#heldOpen;
  }

  polled(what: PollKind = 'status'): void {
    this.#questions.asked(what, () => this.#printLine());
  }

  async #live(): Promise<void> {
    await this.#output.ready();
    await this.#questions.enough();
    for (let step = this.#next(); step !== undefined; step = this.#next()) {
      await this.#do(step);
      await this.#signals.thawed();
      if (this.#exit !== undefined) return;
    }
    if (!this.#performs && this.#launch.spec.input !== 'interactive') await this.#input?.ended;
    if (this.#script.reply !== undefined) await this.channel?.closed;
    await this.#signals.thawed();
    this.#end(this.#script.exit);
  }

  #answer(): void {
    const { reply } = this.#script;
    if (reply === undefined) return;
    this.channel?.hear((message) => {
      void this.#attempt(async () => {
        await this.#signals.thawed();
        const answer = await reply(message);
        if (answer !== undefined) this.channel?.say(answer);
      });
    });
  }

  async #do(step: FakeStep): Promise<void> {
    switch (step.kind) {
      case 'write':
        if (!(await this.#output.write(step.type, step.bytes))) this.#breakPipe();
        return;
      case 'delay':
        // Where questions are counted, time is not.
        if (!this.#questions.hasBegun) await this.#sleep(step.ms);
        return;
      case 'message':
        await this.#attempt(() => this.channel?.say(step.message));
        return;
      case 'closeInput':
        this.#input?.close();
        return;
      case 'closeOutput':
        this.#output.closeStream(step.type);
        return;
      case 'perform': {
        const exit = await performProgram(step.program, {
          launch: this.#launch,
          clock: this.#clock,
          input: this.#input?.reader,
          output: this.#output,
          channel: this.channel,
          signals: this.#signals,
          signal: this.#ending.signal,
          exit: (how) => this.#end(exitOf(how) ?? this.#script.exit),
          breakPipe: () => this.#breakPipe(),
        });
        if (exit !== undefined) this.#end(exit);
      }
    }
  }

  #next(): FakeStep | undefined {
    return this.#steps[this.#position++];
  }

  #printLine(): void {
    const from = this.#position;
    const line = this.#steps.findIndex((step, index) => index >= from && step.kind === 'write');
    if (line < 0) return;
    this.#position = line + 1;
    for (const step of this.#steps.slice(from, this.#position)) {
      if (step.kind === 'write') this.#output.print(step.type, step.bytes);
      if (step.kind === 'message') this.channel?.say(step.message);
    }
  }

  /** Does what the program would crash of, if it failed. */
  async #attempt(action: () => unknown): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (this.#exit !== undefined) return;
      reportCrash(error, this.#output);
      this.#end(CRASHED);
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cancelTimer = this.#clock.timer(ms, resolve, { background: this.#launch.detached });
    });
  }

  /** The reader of its output has gone, which ends a program that does not prepare for it. */
  #breakPipe(): void {
    if (!this.#signals.ignores('SIGPIPE')) this.#end({ exitCode: null, signal: 'SIGPIPE' });
  }

  /** A signal ends it, and whatever it has left behind. */
  #die(signal: NodeJS.Signals): void {
    const byCount = this.#questions.counts && signal !== 'SIGKILL';
    this.#end(byCount ? this.#script.exit : { exitCode: null, signal });
    this.#letGo();
  }

  #end(exit: ProcessExit): void {
    if (this.#exit !== undefined) return;
    this.#exit = exit;
    this.#position = this.#steps.length;
    this.#ending.abort();
    this.#signals.release();
    this.#input?.finish();
    this.channel?.disconnect();
    this.#holdOutput();
    // As with any process, who sends a signal has got no further yet when another one ends it.
    void Promise.resolve().then(() => {
      this.#hasExited = true;
      this.#markExited(exit);
    });
  }

  #holdOutput(): void {
    const { outputHeldMs } = this.#script;
    this.#heldOpen = true;
    this.#cancelTimer();
    if (outputHeldMs === Infinity) return;
    const letGo = (): void => this.#letGo();
    if (outputHeldMs === 0) letGo();
    else this.#cancelTimer = this.#clock.timer(outputHeldMs, letGo, { background: true });
  }

  #letGo(): void {
    this.#cancelTimer();
    this.#heldOpen = false;
    this.#output.close();
  }

  get #performs(): boolean {
    return this.#script.steps.some((step) => step.kind === 'perform');
  }
}
