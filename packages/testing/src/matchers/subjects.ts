import { InvalidArgumentError, type ProcessResult, type RunningProcess } from '@proc/core';
import type { Verdict } from '../assertions/verdict.js';
import { FakeProcesses } from '../fake-processes.js';
import { installFakes } from '../install-fakes.js';
import { managerOf } from '../managed-by.js';

/** The fakes of whatever has a manager. */
export function fakesOf(subject: unknown): FakeProcesses {
  return subject instanceof FakeProcesses ? subject : installFakes(managerOf(subject));
}

/** Has a recording of its own, as fakes of workers do. */
interface OwnJudge {
  judge(matcher: string, args: readonly unknown[]): Verdict;
}

/** What a subject with a recording of its own says; undefined for any other. */
export function verdictOf(
  subject: unknown,
  matcher: string,
  args: readonly unknown[],
): Verdict | undefined {
  return hasAll(subject, ['judge', 'assertRan'])
    ? (subject as OwnJudge).judge(matcher, args)
    : undefined;
}

export function isResult(subject: unknown): subject is ProcessResult {
  return hasAll(subject, ['exitCode', 'successful', 'throwIf']);
}

export function isRunning(subject: unknown): subject is RunningProcess {
  return hasAll(subject, ['pid', 'wait', 'waitUntil', 'kill']);
}

/**
 * The result that is meant: of a process, once it has ended, whichever way.
 *
 * @throws {@link InvalidArgumentError} for what is neither
 */
export function resultOf(subject: unknown): ProcessResult | Promise<ProcessResult> {
  if (isResult(subject)) return subject;
  if (isRunning(subject)) return endOf(subject);
  throw neither();
}

export function neither(): InvalidArgumentError {
  return new InvalidArgumentError(
    'Expected the result of a process, or a running one. Where it is a promise, await it before.',
  );
}

/** Also where `wait` rejects: the error has the result. */
async function endOf(process: RunningProcess): Promise<ProcessResult> {
  try {
    return await process.wait();
  } catch (error) {
    const { result } = Object(error) as { readonly result?: ProcessResult };
    if (result === undefined) throw error;
    return result;
  }
}

function hasAll(subject: unknown, names: readonly string[]): boolean {
  return typeof subject === 'object' && subject !== null && names.every((name) => name in subject);
}
