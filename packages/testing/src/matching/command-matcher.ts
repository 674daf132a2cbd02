import {
  InvalidArgumentError,
  type CommandWord,
  type ProcessResult,
  type ProcessSpec,
} from '@proc/core';
import { showValue } from '@proc/core/internal';
import { types } from 'node:util';
import type { RecordedProcess } from '../recording/recorded-process.js';
import { describePattern, matchesSpec, type CommandPattern } from './command-pattern.js';

/** Decides by how a process was described and how it ended. */
export type ProcessPredicate = (spec: ProcessSpec, result: ProcessResult) => boolean;

/** Which of the processes that ran are meant; see {@link CommandPattern} for all but functions. */
export type CommandMatcher = string | RegExp | readonly CommandWord[] | ProcessPredicate;

/** @throws {@link InvalidArgumentError} for what can mean no process */
export function requireMatcher(matcher: unknown): void {
  if (typeof matcher === 'string' || typeof matcher === 'function') return;
  if (types.isRegExp(matcher) || Array.isArray(matcher)) return;
  throw new InvalidArgumentError(
    `Which processes are meant is said by a command line, a RegExp, a list of arguments or a function; got ${showValue(matcher)}.`,
  );
}

/** Whether a process that ran is meant. */
export function matchesProcess(matcher: CommandMatcher, process: RecordedProcess): boolean {
  return typeof matcher === 'function'
    ? matcher(process.spec, process.result)
    : matchesSpec(matcher, process.spec);
}

/** A matcher as it would be written. */
export function describeMatcher(matcher: CommandMatcher): string {
  return describePattern(matcher as CommandPattern);
}

/** The command line that a matcher stands for, wildcards included; `undefined` for an expression or a function. */
export function matcherText(matcher: CommandMatcher): string | undefined {
  if (typeof matcher === 'string') return matcher;
  if (typeof matcher === 'function' || types.isRegExp(matcher)) return undefined;
  return matcher.map(String).join(' ');
}
