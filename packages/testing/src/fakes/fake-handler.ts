import type { LaunchSpec, ProcessSpec } from '@proc/core';
import type { CommandPattern } from '../matching/command-pattern.js';
import type { FakeProcessDescription } from './fake-process-description.js';
import type { FakeProcessResult } from './fake-process-result.js';
import type { FakeProcessSequence } from './fake-process-sequence.js';
import type { FakeOutputValue } from './fake-output.js';

/**
 * What stands for a process: its stdout, its exit code, a result, a description, a sequence of any of these, or an
 * error, which means that it can't be started (see `FakeProcessDescription.startError`).
 */
export type FakeValue =
  | FakeOutputValue
  | number
  | Error
  | FakeProcessResult
  | FakeProcessDescription
  | FakeProcessSequence;

/**
 * Decides at each start. What it throws is treated as an error that it returns.
 *
 * @param spec - the specification of the run
 * @param launch - program, arguments, environment and directory as a real driver would get them
 */
export type FakeClosure = (spec: ProcessSpec, launch: LaunchSpec) => FakeValue | Promise<FakeValue>;

/** A fake, or the code that chooses one. */
export type FakeHandler = FakeValue | FakeClosure;

/**
 * Fakes by pattern. In a `Map` or a list of pairs the last match wins; in an object, whose order says little, the
 * most specific one.
 */
export type FakeHandlers =
  | Readonly<Record<string, FakeHandler>>
  | ReadonlyMap<CommandPattern, FakeHandler>
  | readonly (readonly [CommandPattern, FakeHandler])[];
