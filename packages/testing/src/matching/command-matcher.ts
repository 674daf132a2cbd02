import type { CommandWord, ProcessResult, ProcessSpec } from '@proc/core';
import { types } from 'node:util';
import type { RecordedProcess } from '../recording/recorded-process.js';
import { describePattern, matchesSpec, type CommandPattern } from './command-pattern.js';

/** Decides by how a process was described and how it ended. */
export type ProcessPredicate = (spec: ProcessSpec, result: ProcessResult) => boolean;

/** Which of the processes that ran are meant; see {@link CommandPattern} for all but functions. */
export type CommandMatcher = string | RegExp | readonly CommandWord[] | ProcessPredicate;

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
