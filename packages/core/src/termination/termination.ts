import type { ProcessExit, ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { TerminationReason } from '../contracts/termination-reason.js';
import { ownOnly } from '../kernel/own-only.js';
import type { RunScope } from '../process/run-scope.js';
import { letGoOn } from './let-go-on.js';

/** How a process is to be ended. */
export interface TerminationRequest {
  readonly reason: TerminationReason;
  /** First signal; default: the specification's. */
  readonly signal?: NodeJS.Signals;
  /** Time until SIGKILL; default: the specification's. */
  readonly graceMs?: number;
  /** What brought it about: an abort reason, or a callback's error. */
  readonly cause?: unknown;
}

/** What SIGKILL does not end of a group within this time (uninterruptible sleep) is not waited for. */
export const KILL_PATIENCE_MS = 500;
/** Nor is the process itself: it may be asleep, or somebody else's by now, as `sudo` is. */
const LEADER_PATIENCE_MS = 5000;

/**
 * Ends one process, at most once and for one reason: the first. Signal, grace, SIGKILL; always the whole group.
 * What was stopped goes on, to act on the signal. Later requests can only hurry it.
 */
export class Termination {
  readonly #handle: ProcessHandle;
  readonly #spec: ProcessSpec;
  readonly #scope: RunScope;
  readonly #onSignal: (signal: NodeJS.Signals) => void;
  readonly #sent = new Set<NodeJS.Signals>();
  #request: TerminationRequest | undefined;
  #exit: ProcessExit | undefined;
  #outputIsLate: () => boolean = () => false;
  #killAt = Infinity;
  #cancelKill: () => void = () => undefined;
  #cancelPatience: () => void = () => undefined;

  /** Resolves, with what is known of its exit, when not even SIGKILL has ended the process. */
  readonly givenUp: Promise<ProcessExit>;
  #giveUp!: (exit: ProcessExit) => void;

  /** Resolves with the first request, and with one that is too late to count and only ends the wait for the output. */
  readonly requested: Promise<void>;
  #markRequested!: () => void;

  constructor(
    handle: ProcessHandle,
    spec: ProcessSpec,
    scope: RunScope,
    onSignal: (signal: NodeJS.Signals) => void,
  ) {
    this.#handle = handle;
    this.#spec = spec;
    this.#scope = scope;
    this.#onSignal = onSignal;
    this.requested = new Promise((resolve) => {
      this.#markRequested = resolve;
    });
    this.givenUp = new Promise((resolve) => {
      this.#giveUp = resolve;
    });
  }

  /** Begins to end the process; once it has exited by itself, the wait for those who receive its output. */
  request(given: TerminationRequest): void {
    const request = ownOnly(given);
    if (this.#scope.closed) return;
    const exitedByItself = this.#exit !== undefined && this.#request === undefined;
    if (exitedByItself && !this.#countsAfterExit(request)) {
      if (endsWait(request)) this.#markRequested();
      return;
    }
    this.#request ??= request;
    this.#markRequested();
    // What it left behind is not ours to end, and its number may be anybody's when a receiver took hours.
    if (exitedByItself) return;
    const signal = request.signal ?? this.#spec.killSignal;
    this.#ask(signal);
    if (signal === 'SIGKILL') {
      this.#killAt = Math.min(this.#killAt, this.#scope.clock.now() + KILL_PATIENCE_MS);
      this.#losePatience();
    } else this.#killAfter(request.graceMs ?? this.#spec.graceMs);
  }

  /** Sends one signal, without further consequences. */
  send(signal: NodeJS.Signals): boolean {
    const sent = this.#handle.signal(signal);
    if (sent) {
      this.#sent.add(signal);
      this.#onSignal(signal);
    }
    return sent;
  }

  /** @param outputIsLate - whether the run still waits because receivers of its output held it back */
  exited(exit: ProcessExit, outputIsLate: () => boolean = () => false): void {
    this.#exit = exit;
    this.#cancelPatience();
    this.#outputIsLate = outputIsLate;
  }

  /** Whether an end was asked for (rather than the process exiting by itself). */
  get active(): boolean {
    return this.#request !== undefined;
  }

  get cause(): unknown {
    return this.#request?.cause;
  }

  /** Why it ended; `null` while it runs and after an exit of its own. */
  get reason(): TerminationReason | null {
    if (this.#request !== undefined) return this.#request.reason;
    const signal = this.#exit?.signal ?? null;
    if (signal === null) return null;
    return this.#sent.has(signal) ? 'stopped' : 'signaled';
  }

  /** Ends what is left of the group after the process has exited by itself; resolves when it is gone. */
  async endGroup(): Promise<void> {
    this.#ask(this.#spec.killSignal);
    this.#killAfter(this.#spec.graceMs);
    await this.groupGone();
  }

  /** Resolves when nothing of the group is left; by SIGKILL when the grace has passed. */
  async groupGone(): Promise<void> {
    for (let pause = 5; this.#handle.groupAlive?.() === true; pause = Math.min(pause * 2, 100)) {
      if (this.#scope.clock.now() >= this.#killAt) {
        // Either this or the timer is first; what it has hit goes in a moment.
        this.#cancelKill();
        if (!this.#sent.has('SIGKILL')) this.send('SIGKILL');
        return;
      }
      await new Promise<void>((resolve) => {
        this.#scope.timer(pause, resolve);
      });
    }
  }

  /** Sends the first signal of an ending. */
  #ask(signal: NodeJS.Signals): void {
    if (this.send(signal)) letGoOn(this.#handle, signal);
  }

  /** Output that came to grief makes a failure whenever it does; a clock must not run out on a finished process. */
  #countsAfterExit({ reason }: TerminationRequest): boolean {
    if (reason === 'callbackFailed' || reason === 'outputLimit') return true;
    return endsWait({ reason }) && this.#outputIsLate();
  }

  #killAfter(graceMs: number): void {
    const at = this.#scope.clock.now() + graceMs;
    if (at >= this.#killAt) return;
    this.#killAt = at;
    this.#cancelKill();
    this.#cancelKill = this.#scope.timer(graceMs, () => {
      this.send('SIGKILL');
      this.#losePatience();
    });
  }

  #losePatience(): void {
    if (this.#exit !== undefined) return;
    this.#cancelPatience();
    this.#cancelPatience = this.#scope.timer(LEADER_PATIENCE_MS, () => {
      this.#giveUp({ exitCode: null, signal: null });
    });
  }
}

/** What somebody wants; the input and the silence of a process that has exited are nobody's concern any more. */
function endsWait({ reason }: TerminationRequest): boolean {
  return reason !== 'inputFailed' && reason !== 'idleTimedOut';
}
