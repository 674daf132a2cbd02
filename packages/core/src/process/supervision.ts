import { createWriteStream } from 'node:fs';
import { CallbackConsumer, type MissedOutput } from '../capture/callback-consumer.js';
import { Capture } from '../capture/capture.js';
import { missedOutput } from '../capture/missed-output.js';
import type { OutputDecoder } from '../capture/output-decoder.js';
import type { OutputPositions } from '../capture/output-feed.js';
import { StreamConsumer } from '../capture/stream-consumer.js';
import type { Clock } from '../contracts/clock.js';
import type { DrainSpec } from '../contracts/drain.js';
import type { OutputCallback, OutputType } from '../contracts/output-callback.js';
import type { ProcessExit, ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { StandardInput } from '../input/standard-input.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { MessageExchange } from '../messages/message-exchange.js';
import { watchAbort } from '../termination/abort.js';
import { watchDeadlines } from '../termination/deadlines.js';
import { drain } from '../termination/drain.js';
import type { Leftovers } from '../termination/leftovers.js';
import { orphanGuard } from '../termination/orphan-guard.js';
import { Termination } from '../termination/termination.js';
import type { Ending } from '../result/ending.js';
import type { PreparedRun } from './prepare-run.js';
import { DEFAULT_DRAIN } from './resolve-drain.js';
import { RunScope } from './run-scope.js';

/** When a process was started, and by which clock it goes on. */
export interface StartMoment {
  readonly clock: Clock;
  /** Monotonic. */
  readonly began: number;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What happens around one started process, from its start to the moment when nothing of it is left. */
export class Supervision {
  readonly scope: RunScope;
  readonly termination: Termination;
  readonly capture: Capture;
  readonly #callback: CallbackConsumer;
  readonly input: StandardInput;
  /** Only with a program that has been given a channel of messages. */
  readonly messages: MessageExchange | undefined;
  readonly #startedAt: number;
  readonly #run: PreparedRun;
  readonly #handle: ProcessHandle;
  #exit: ProcessExit | undefined;

  constructor(
    run: PreparedRun,
    handle: ProcessHandle,
    { clock, began }: StartMoment,
    onSignal: (signal: NodeJS.Signals) => void,
  ) {
    this.#run = run;
    this.#handle = handle;
    this.#startedAt = began;
    const { spec, attachments } = run;
    const scope = new RunScope(clock);
    this.scope = scope;
    this.termination = new Termination(handle, spec, scope, onSignal);
    const onLimit = (type: OutputType): void => {
      this.termination.request({ reason: 'outputLimit', cause: limitCause(spec, type) });
    };
    this.capture = new Capture(handle, spec, onLimit, this.#fail('callbackFailed'), clock);
    this.#callback = new CallbackConsumer(
      attachments.onOutput,
      spec.encoding,
      attachments.key,
      this.#fail('callbackFailed'),
    );
    this.capture.add(this.#callback);
    this.#copyOutput(run, handle);
    this.input = new StandardInput(handle.stdin, spec);
    this.messages = handle.channel && new MessageExchange(handle.channel, spec, this.capture);
    if (run.guarded && handle.virtual !== true && handle.pid !== undefined) {
      scope.defer(orphanGuard.protect(handle.pid));
    }
  }

  /**
   * Begins: everything that may end the process is only looked at now, when there is somebody to be told of it.
   *
   * @returns how it ended; never rejects
   */
  begin(): Promise<Ending> {
    const { spec, attachments } = this.#run;
    watchDeadlines(spec, this.capture, this.termination, this.scope);
    watchAbort(attachments.signals, this.scope, (reason) => {
      this.termination.request({ reason: 'cancelled', cause: reason });
    });
    this.capture.start();
    this.input.begin(this.#run.input, this.scope, this.#fail('inputFailed'));
    return this.#supervise(this.#handle);
  }

  /**
   * Lets a callback take the place of the one before; the first one of all begins at these positions.
   *
   * @returns when it has heard what there was, if that is after the end, which otherwise waits for it; rejects with its
   *   error
   */
  hear(callback: OutputCallback, since: OutputPositions): Promise<void> | undefined {
    const { capture } = this;
    const isBehind = (['out', 'err'] as const).some(
      (type) => capture.retention(type).total > since[type],
    );
    const missed = (decoder: OutputDecoder): MissedOutput => missedOutput(capture, since, decoder);
    const caughtUp = this.#callback.replace(callback, isBehind ? missed : undefined);
    if (caughtUp !== undefined) capture.hold(caughtUp);
    return capture.isClosed ? caughtUp : undefined;
  }

  /** Whether the process itself has ended; its output may still be read. */
  get exited(): boolean {
    return this.#exit !== undefined;
  }

  get durationMs(): number {
    return this.scope.clock.now() - this.#startedAt;
  }

  async #supervise(handle: ProcessHandle): Promise<Ending> {
    const exit = await Promise.race([handle.exited, this.termination.givenUp]);
    this.#exit = exit;
    const ended = this.termination.active;
    this.termination.exited(exit, () => this.capture.hasBeenHeldBack);
    // The rest of the group holds the output only as long as it lives.
    if (ended) await this.termination.groupGone();
    const isRead = this.capture.hasEnded && this.messages === undefined;
    const outputHeldOpen = !isRead && (await this.#rest());
    if (outputHeldOpen) {
      if (this.termination.active || (await this.#endOverdue())) this.capture.close();
      else this.capture.abandon();
    }
    const { reason, cause } = this.termination;
    const { exitCode, signal } = exit;
    const { durationMs } = this;
    const ending = { exitCode, signal, reason, cause, outputHeldOpen, durationMs };
    this.scope.close();
    return ending;
  }

  /** Hands on the rest of the group, if there is one: the timeout counts for it too. */
  leaveBehind(leftovers: Leftovers): void {
    const { spec, guarded } = this.#run;
    if (spec.detached || !this.#run.launch.processGroup) return;
    const endInMs = spec.timeoutMs === null ? null : Math.max(0, spec.timeoutMs - this.durationMs);
    leftovers.add(this.#handle, spec, { endInMs, guarded, clock: this.scope.clock });
  }

  /**
   * Where the timeout is about to pass, waits for it and ends whoever holds the output, so that nothing outlives it; a
   * later timeout does so without keeping the result back.
   *
   * @returns whether they have been ended
   */
  async #endOverdue(): Promise<boolean> {
    const { timeoutMs } = this.#run.spec;
    const rest = timeoutMs === null ? Infinity : timeoutMs - this.durationMs;
    if (rest > this.#run.spec.drain.idleMs || this.#run.spec.detached) return false;
    await new Promise<void>((resolve) => {
      this.scope.timer(Math.max(0, rest), resolve);
    });
    await this.termination.endGroup();
    return true;
  }

  /**
   * Waits for what is still to come of output and messages.
   *
   * @returns whether something still holds the output open
   */
  async #rest(): Promise<boolean> {
    const [held] = await Promise.all([this.#drain(), this.messages?.settle(this.scope)]);
    return held;
  }

  /**
   * A receiver that takes its time is waited for, and whoever else holds the output for as long as is set; after a
   * timeout, an abort or a stop, or once one comes meanwhile, no longer than usual.
   */
  #drain(): Promise<boolean> {
    const { capture, scope, termination } = this;
    const { virtual } = this.#handle;
    const { drain: limits } = this.#run.spec;
    const wait = (impatient: boolean, most: DrainSpec): Promise<boolean> =>
      drain(capture, scope, { impatient, virtual }, most);
    if (termination.active) return wait(true, atMostUsual(limits));
    const hurried = termination.requested.then(() => wait(true, atMostUsual(limits)));
    return Promise.race([wait(false, limits), hurried]);
  }

  #copyOutput(run: PreparedRun, handle: ProcessHandle): void {
    const onError = this.#fail('callbackFailed');
    for (const type of ['out', 'err'] as const) {
      const tee = run.attachments.tees[type];
      const file = run.files.descriptor(type);
      if (tee !== undefined) this.#copy(type, tee, { endTarget: false }, onError);
      if (file !== undefined) {
        this.#copy(
          type,
          unpolluted(() => createWriteStream('', { fd: file })),
          { endTarget: true },
          onError,
        );
      }
      const name = type === 'out' ? 'stdout' : 'stderr';
      const sink = run.attachments.stdio[name];
      if (sink !== undefined && 'write' in sink) {
        // A reader that has gone: let the program find that out as a writer to a closed pipe does.
        this.#copy(type, sink, { endTarget: true }, () => handle[name]?.destroy());
      }
    }
  }

  #copy(
    type: OutputType,
    target: NodeJS.WritableStream,
    options: { readonly endTarget: boolean },
    onClosed: (error: unknown) => void,
  ): void {
    this.capture.add(new StreamConsumer(type, target, options, onClosed));
  }

  #fail(reason: 'callbackFailed' | 'inputFailed'): (cause: unknown) => void {
    return (cause) => {
      this.termination.request({ reason, cause });
    };
  }
}

function atMostUsual({ idleMs, longestMs }: DrainSpec): DrainSpec {
  return {
    idleMs: Math.min(idleMs, DEFAULT_DRAIN.idleMs),
    longestMs: Math.min(longestMs, DEFAULT_DRAIN.longestMs),
  };
}

function limitCause(spec: ProcessSpec, type: OutputType): Error {
  const stream = type === 'out' ? 'stdout' : 'stderr';
  return new Error(`more than ${spec[stream].limit} bytes on ${stream}`);
}
