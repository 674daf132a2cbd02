import { InvalidArgumentError, type Duration, type OutputType } from '@proc/core';
import { normalizeSignal, parseDuration } from '@proc/core/internal';
import { requireExitCode } from './exit-code.js';
import { outputPieces, wholeOutput, type FakeOutputValue } from './fake-output.js';
import type { FakeProgram } from './fake-program.js';
import {
  EMPTY_SCRIPT,
  type FakeReply,
  type FakeScript,
  type FakeStep,
  type StartFailure,
} from './fake-script.js';

/** What a program may ignore; SIGKILL and SIGSTOP can't be. */
const TERMINATING: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

/**
 * The life of a fake process, step by step.
 *
 * @example
 * ```ts
 * describe().output('booting').errorOutput('low on disk').delay('2s').output('ready').exitCode(0)
 * ```
 */
export class FakeProcessDescription {
  #steps: FakeStep[] = [];
  #script: FakeScript = EMPTY_SCRIPT;

  /** Prints a line, or several, each a chunk of its own with one line end; a `Uint8Array` is printed exactly. */
  output(output: FakeOutputValue): this {
    return this.#print('out', output);
  }

  /** As {@link output}, to stderr. The order across both streams is kept. */
  errorOutput(output: FakeOutputValue): this {
    return this.#print('err', output);
  }

  /** Prints this instead of all stdout described so far; `''` removes that. */
  replaceOutput(output: FakeOutputValue): this {
    return this.#replace('out', output);
  }

  /** Prints this instead of all stderr described so far; `''` removes that. */
  replaceErrorOutput(output: FakeOutputValue): this {
    return this.#replace('err', output);
  }

  /** Lets time pass before the next step, by `setTimeout`: fake timers work. */
  delay(duration: Duration): this {
    return this.#add({ kind: 'delay', ms: parseDuration(duration, 'delay') });
  }

  /**
   * Closes the standard input at this point; who writes to it from then on gets EPIPE. Without this a fake reads its
   * input to the end before it ends itself.
   */
  closeInput(): this {
    return this.#add({ kind: 'closeInput' });
  }

  /** Closes stdout or stderr, or both, at this point, and goes on. */
  closeOutput(type?: OutputType): this {
    return this.#add({ kind: 'closeOutput', type });
  }

  /**
   * Sends a message at this point, as a Node program with a channel does; without a channel nothing happens. It arrives
   * as it would from a program: as JSON or the structured clone brings it.
   */
  message(message: unknown): this {
    return this.#add({ kind: 'message', message });
  }

  /**
   * Listens for messages from the start, and sends back what `reply` returns, unless that is `undefined`. A throw is a
   * crash. As a program that listens, it goes on after its last step until it is disconnected or ended. A second
   * call takes the place of the first.
   */
  onMessage(reply: FakeReply): this {
    return this.#set({ reply });
  }

  /** Lets code play the program at this point: it can read the standard input and messages, print and send. */
  perform(program: FakeProgram): this {
    return this.#add({ kind: 'perform', program });
  }

  /** How it ends; default 0. */
  exitCode(code: number): this {
    return this.#set({ exit: { exitCode: requireExitCode(code), signal: null } });
  }

  /** The signal that ends it after the last step, as if sent from outside. */
  signal(signal: NodeJS.Signals | number): this {
    return this.#set({ exit: { exitCode: null, signal: normalizeSignal(signal) } });
  }

  /** Default: a number that no process of this system can have. */
  id(pid: number): this {
    if (!Number.isInteger(pid) || pid <= 0) {
      throw new InvalidArgumentError(`A process id is a positive integer; got ${String(pid)}.`);
    }
    return this.#set({ pid });
  }

  /**
   * Counts the caller's questions instead of time, as Laravel's fakes do: `running()` is true this many times, and
   * every question for status or output brings one more line. Waiting brings the rest. SIGTERM and its like then end
   * it with the described exit code.
   */
  iterations(times: number): this {
    if (!Number.isInteger(times) || times < 0) {
      throw new InvalidArgumentError(
        `The iterations are a non-negative integer; got ${String(times)}.`,
      );
    }
    return this.#set({ iterations: times });
  }

  /** Same as {@link iterations}. */
  runsFor(times: number): this {
    return this.iterations(times);
  }

  /** Goes on in spite of these signals; without arguments SIGTERM, SIGINT, SIGHUP and SIGQUIT. Repeated calls add. */
  ignoresSignals(...signals: readonly (NodeJS.Signals | number)[]): this {
    const names = signals.length === 0 ? TERMINATING : signals.map(normalizeSignal);
    return this.#set({ ignoredSignals: new Set([...this.#script.ignoredSignals, ...names]) });
  }

  /**
   * Can't be started. A system error's code gives the error that a real program would give (`'ENOENT'`:
   * `CommandNotFoundError`); an error of this project's own is what the run rejects with; any other becomes the
   * `cause` of a `ProcessStartError`.
   */
  startError(error: StartFailure): this {
    return this.#set({ startError: error });
  }

  /** A descendant holds the output open after the exit: for this long, or until it is signalled. */
  holdsOutputOpen(duration?: Duration): this {
    const ms =
      duration === undefined
        ? Infinity
        : parseDuration(duration, 'time that the output is held open');
    return this.#set({ outputHeldMs: ms });
  }

  /** The same as data, which the driver plays. */
  toScript(): FakeScript {
    return { ...this.#script, steps: [...this.#steps] };
  }

  #print(type: OutputType, output: FakeOutputValue): this {
    for (const bytes of outputPieces(output)) this.#add({ kind: 'write', type, bytes });
    return this;
  }

  #replace(type: OutputType, output: FakeOutputValue): this {
    this.#steps = this.#steps.filter((step) => step.kind !== 'write' || step.type !== type);
    const bytes = wholeOutput(output);
    return bytes.length === 0 ? this : this.#add({ kind: 'write', type, bytes });
  }

  #add(step: FakeStep): this {
    this.#steps.push(step);
    return this;
  }

  #set(change: Partial<FakeScript>): this {
    this.#script = { ...this.#script, ...change };
    return this;
  }
}
