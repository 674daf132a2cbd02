import type { LaunchSpec, PollKind, ProcessExit, ProcessHandle } from '@proc/core';
import { setImmediate } from 'node:timers';
import type { Readable, Writable } from 'node:stream';
import type { FakeScript, FakeStep } from '../fakes/fake-script.js';
import { FakeChannel } from './fake-channel.js';
import { FakeInput } from './fake-input.js';
import { FakeOutput } from './fake-output.js';
import { nextFakePid } from './fake-pid.js';
import { CRASHED, exitOf, performProgram, reportCrash } from './perform-program.js';
import { terminates } from './signal-disposition.js';

/** Taken when this file is loaded, so that fake timers do not stop it. */
const realSetImmediate = setImmediate;

/** A process that follows a script. */
export class FakeProcess implements ProcessHandle {
  readonly virtual = true;
  readonly pid: number;
  readonly exited: Promise<ProcessExit>;
  readonly channel: FakeChannel | undefined;
  readonly #launch: LaunchSpec;
  readonly #script: FakeScript;
  readonly #output: FakeOutput;
  readonly #input: FakeInput | undefined;
  readonly #ending = new AbortController();
  readonly #signals: NodeJS.Signals[] = [];
  readonly #handlers = new Map<NodeJS.Signals, () => void>();
  readonly #steps: FakeStep[];
  #markExited!: (exit: ProcessExit) => void;
  #exit: ProcessExit | undefined;
  #heldOpen = false;
  #timer: NodeJS.Timeout | undefined;
  /** How often it will still be found running; `undefined` as long as nobody asks. */
  #countdown: number | undefined;
  #isAwaited = false;
  #goOn: () => void = () => undefined;

  constructor(launch: LaunchSpec, script: FakeScript) {
    this.pid = script.pid ?? nextFakePid();
    this.#launch = launch;
    this.#script = script;
    this.#steps = [...script.steps];
    this.#output = new FakeOutput(launch);
    this.#input = launch.stdin === 'pipe' ? new FakeInput() : undefined;
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

  /** The signals that have reached it. */
  get signals(): readonly NodeJS.Signals[] {
    return [...this.#signals];
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
    this.#signals.push(signal);
    const handler = /^SIG(KILL|STOP)$/.test(signal) ? undefined : this.#handlers.get(signal);
    if (handler !== undefined && this.#exit === undefined) handler();
    else if (terminates(signal) && !this.#script.ignoredSignals.has(signal)) {
      this.#end(this.#exitBy(signal));
      this.#letGo();
    }
    return true;
  }

  groupAlive(): boolean {
    return this.#exit === undefined || this.#heldOpen;
  }

  polled(what: PollKind = 'status'): void {
    const { iterations = 0 } = this.#script;
    if (iterations === 0 || this.#countdown === 0) return;
    if (what === 'end') {
      this.#isAwaited = true;
      this.#goOn();
      return;
    }
    this.#countdown ??= iterations;
    if (what === 'output') this.#printLine();
    else if (--this.#countdown === 0) this.#goOn();
  }

  async #live(): Promise<void> {
    await this.#output.ready();
    await this.#asked();
    for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) {
      await this.#do(step);
      if (this.#exit !== undefined) return;
    }
    if (!this.#performs && this.#launch.spec.input !== 'interactive') await this.#input?.ended;
    if (this.#script.reply !== undefined) await this.channel?.closed;
    this.#end(this.#script.exit);
  }

  #answer(): void {
    const { reply } = this.#script;
    if (reply === undefined) return;
    this.channel?.hear((message) => {
      void this.#attempt(async () => {
        const answer = await reply(message);
        if (answer !== undefined) this.channel?.say(answer);
      });
    });
  }

  /** With iterations: waits until the caller has asked often enough, wants to wait itself, or does not ask at all. */
  async #asked(): Promise<void> {
    if ((this.#script.iterations ?? 0) === 0 || this.#isAwaited || this.#countdown === 0) return;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      realSetImmediate(() => {
        if (this.#countdown === undefined) resolve();
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
        if (this.#countdown === undefined) await this.#sleep(step.ms);
        return;
      case 'message':
        await this.#attempt(() => this.channel?.say(step.message));
        return;
      case 'closeInput':
        this.#input?.close();
        return;
      case 'perform': {
        const exit = await performProgram(step.program, {
          launch: this.#launch,
          input: this.#input?.reader,
          output: this.#output,
          channel: this.channel,
          signal: this.#ending.signal,
          onSignal: (signal, handler) => this.#handlers.set(signal, handler),
          exit: (how) => this.#end(exitOf(how) ?? this.#script.exit),
          breakPipe: () => this.#breakPipe(),
        });
        if (exit !== undefined) this.#end(exit);
      }
    }
  }

  #printLine(): void {
    const index = this.#steps.findIndex((step) => step.kind === 'write');
    for (const step of index < 0 ? [] : this.#steps.splice(0, index + 1)) {
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
      this.#timer = setTimeout(resolve, ms);
    });
  }

  /** The reader of its output has gone, which ends a program that does not prepare for it. */
  #breakPipe(): void {
    if (!this.#script.ignoredSignals.has('SIGPIPE'))
      this.#end({ exitCode: null, signal: 'SIGPIPE' });
  }

  #exitBy(signal: NodeJS.Signals): ProcessExit {
    const byCount = (this.#script.iterations ?? 0) > 0 && signal !== 'SIGKILL';
    return byCount ? this.#script.exit : { exitCode: null, signal };
  }

  #end(exit: ProcessExit): void {
    if (this.#exit !== undefined) return;
    this.#exit = exit;
    this.#steps.length = 0;
    this.#ending.abort();
    this.#input?.finish();
    this.channel?.disconnect();
    this.#holdOutput();
    this.#markExited(exit);
  }

  #holdOutput(): void {
    const { outputHeldMs } = this.#script;
    this.#heldOpen = true;
    clearTimeout(this.#timer);
    if (outputHeldMs === 0) this.#letGo();
    else if (outputHeldMs !== Infinity) {
      this.#timer = setTimeout(() => this.#letGo(), outputHeldMs);
      this.#timer.unref();
    }
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    this.#heldOpen = false;
    this.#output.close();
  }

  get #performs(): boolean {
    return this.#script.steps.some((step) => step.kind === 'perform');
  }
}
