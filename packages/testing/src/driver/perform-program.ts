import { normalizeSignal, type LaunchSpec, type ProcessExit } from '@proc/core';
import { Readable } from 'node:stream';
import { requireExitCode } from '../fakes/exit-code.js';
import type { FakeChild, FakeProgram } from '../fakes/fake-program.js';
import type { FakeOutput } from './fake-output.js';

/** What a program is given to live in. */
export interface ProgramSurroundings {
  readonly launch: LaunchSpec;
  readonly input: Readable | undefined;
  readonly output: FakeOutput;
  readonly onSignal: FakeChild['onSignal'];
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
  const { launch, output, signal } = surroundings;
  const child: FakeChild = {
    launch,
    stdin: surroundings.input ?? Readable.from([]),
    signal,
    onSignal: surroundings.onSignal,
    write: async (type, data) => {
      if (signal.aborted) return;
      const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);
      if (!(await output.write(type, bytes))) surroundings.breakPipe();
    },
  };
  try {
    return exitOf(await program(child));
  } catch (error) {
    if (!signal.aborted) output.print('err', Buffer.from(`${crashReport(error)}\n`));
    return { exitCode: 1, signal: null };
  }
}

function exitOf(decision: number | NodeJS.Signals | void): ProcessExit | undefined {
  if (typeof decision === 'number') return { exitCode: requireExitCode(decision), signal: null };
  if (typeof decision === 'string') return { exitCode: null, signal: normalizeSignal(decision) };
  return undefined;
}

function crashReport(error: unknown): string {
  const { stack } = (error ?? {}) as { stack?: unknown };
  return typeof stack === 'string' ? stack : `Uncaught ${String(error)}`;
}
