import type { OutputType, ProcessExit } from '@proc/core';
import type { FakeProgram } from './fake-program.js';

/** One thing that a fake process does. */
export type FakeStep =
  | { readonly kind: 'write'; readonly type: OutputType; readonly bytes: Buffer }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'message'; readonly message: unknown }
  | { readonly kind: 'closeInput' }
  | { readonly kind: 'closeOutput'; readonly type: OutputType | undefined }
  | { readonly kind: 'perform'; readonly program: FakeProgram };

/** Answers a message; with `undefined` it does not. */
export type FakeReply = (message: unknown) => unknown;

/** The whole life of a fake process, as data. */
export interface FakeScript {
  readonly steps: readonly FakeStep[];
  readonly exit: ProcessExit;
  /** `undefined`: one that no process of this system has. */
  readonly pid: number | undefined;
  /** What the start fails with. */
  readonly startError: StartFailure | undefined;
  readonly ignoredSignals: ReadonlySet<NodeJS.Signals>;
  /** How long a descendant holds the output open after the exit, in milliseconds. */
  readonly outputHeldMs: number;
  /** How often the caller finds it running; `undefined` where time decides. */
  readonly iterations: number | undefined;
  /** How it answers messages; `undefined` where it does not listen. */
  readonly reply: FakeReply | undefined;
}

/** Why a fake can't be started: a system error's code, or the error itself. */
export type StartFailure = string | Error;

/** A script that succeeds at once without a word. */
export const EMPTY_SCRIPT: FakeScript = {
  steps: [],
  exit: { exitCode: 0, signal: null },
  pid: undefined,
  startError: undefined,
  ignoredSignals: new Set(),
  outputHeldMs: 0,
  iterations: undefined,
  reply: undefined,
};
