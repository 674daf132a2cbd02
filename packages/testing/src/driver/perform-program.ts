import type { Clock, LaunchSpec, ProcessExit } from '@proc/core';
import { normalizeSignal, parseDuration } from '@proc/core/internal';
import { Readable } from 'node:stream';
import { requireExitCode } from '../fakes/exit-code.js';
import type { FakeChild, FakeProgram } from '../fakes/fake-program.js';
import { Breath } from './breath.js';
import type { FakeChannel } from './fake-channel.js';
import type { FakeOutput } from './fake-output.js';
import type { FakeSignals } from './fake-signals.js';

/** What a program is given to live in. */
export interface ProgramSurroundings {
  readonly launch: LaunchSpec;
  readonly clock: Clock;
  readonly input: Readable | undefined;
  readonly output: FakeOutput;
  readonly channel: FakeChannel | undefined;
  readonly signals: FakeSignals;
  readonly exit: FakeChild['exit'];
  /** Aborted when the process ends. */
  readonly signal: AbortSignal;
  /** Called when there is nobody left to print to. */
  readonly breakPipe: () => void;
}

/** Lets code play a program; the exit that it decided on, or `undefined` where it left that open. Never rejects. */
export async function performProgram(
  program: FakeProgram,
  surroundings: ProgramSurroundings,
): Promise<ProcessExit | undefined> {
  const { channel, clock, input, launch, output, signal, signals } = surroundings;
  const breath = new Breath();
  const child: FakeChild = {
    launch,
    stdin: input ?? Readable.from([]),
    signal,
    messages: channel?.messages() ?? nothing(),
    send: (message) => channel?.say(message),
    disconnect: () => channel?.disconnect(),
    onSignal: (name, handler) => signals.handle(name, handler),
    exit: surroundings.exit,
    sleep: (duration) => sleep(clock, parseDuration(duration, 'time to sleep'), signal),
    closeOutput: (type) => output.closeStream(type),
    write: async (type, data) => {
      if (signals.frozen) await signals.thawed();
      const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);
      if (!signal.aborted && !(await output.write(type, bytes))) surroundings.breakPipe();
      // Code that prints in a loop would otherwise never let go of this process.
      await (signal.aborted ? never() : breath.taken(bytes.length));
    },
  };
  try {
    return exitOf(await program(child));
  } catch (error) {
    if (!signal.aborted) reportCrash(error, output);
    return CRASHED;
  }
}

/** How a program ends that nobody caught an error of. */
export const CRASHED: ProcessExit = Object.freeze({ exitCode: 1, signal: null });

/** Prints what Node prints of an uncaught error. */
export function reportCrash(error: unknown, output: FakeOutput): void {
  const { stack } = (error ?? {}) as { stack?: unknown };
  const report = typeof stack === 'string' ? stack : `Uncaught ${String(error)}`;
  output.print('err', Buffer.from(`${report}\n`));
}

/** Once the process has ended, it is never awake again. */
function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return;
    const cancel = clock.timer(ms, () => {
      signal.removeEventListener('abort', cancel);
      resolve();
    });
    signal.addEventListener('abort', cancel, { once: true });
  });
}

/** What a process waits for that has ended. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}

async function* nothing(): AsyncGenerator<never, void, undefined> {
  // There is nobody who could send anything.
}

/** The exit that a program decided on; `undefined` where it left that open. */
export function exitOf(decision: number | NodeJS.Signals | void): ProcessExit | undefined {
  if (typeof decision === 'number') return { exitCode: requireExitCode(decision), signal: null };
  if (typeof decision === 'string') return { exitCode: null, signal: normalizeSignal(decision) };
  return undefined;
}
