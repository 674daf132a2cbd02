import type { OutputType, ProcessResult, RunningProcess } from '@proc/core';
import { exitText, normalizeSignal, tail } from '@proc/core/internal';
import { types } from 'node:util';
import { clip, difference } from '../assertions/difference.js';
import type { Verdict } from '../assertions/verdict.js';
import { matchesWildcard } from '../matching/wildcard.js';
import type { OutputMatcher } from './matcher-types.js';

/** Whether a run ended with exit code 0, and without an error. */
export function succeeded(result: ProcessResult): Verdict {
  const pass = result.successful() && result.error === null;
  return verdict(result, {
    pass,
    what: `${pass ? 'not ' : ''}to have succeeded, but it ${endingOf(result)}`,
    expected: pass ? 'a failure' : 'a success',
    actual: endingOf(result),
  });
}

/** Whether a run ended with this exit code. */
export function exitedWith(result: ProcessResult, exitCode: number): Verdict {
  const pass = result.exitCode === exitCode;
  return verdict(result, {
    pass,
    what: `${pass ? 'not ' : ''}to have exited with ${exitCode}, but it ${endingOf(result)}`,
    expected: exitCode,
    actual: result.exitCode,
  });
}

/** Whether a run was ended by this signal, or any. */
export function endedBySignal(
  result: ProcessResult,
  signal: NodeJS.Signals | number | undefined,
): Verdict {
  const wanted = signal === undefined ? undefined : normalizeSignal(signal);
  const pass = result.signal !== null && (wanted ?? result.signal) === result.signal;
  const name = wanted ?? 'a signal';
  return verdict(result, {
    pass,
    what: `${pass ? 'not ' : ''}to have been ended by ${name}, but it ${endingOf(result)}`,
    expected: name,
    actual: result.signal,
  });
}

/** What has printed something: a result, or a process so far. */
export interface Printed {
  readonly command: string;
  readonly text: string;
  readonly redact: Redactor;
}

/** What a result has printed. */
export function printedBy(result: ProcessResult, stream: OutputType): Printed {
  const text = stream === 'out' ? result.stdout : result.stderr;
  return { command: result.command, text, redact: redactorOf(result) };
}

/** Whether this was printed. */
export function hasOutput(
  { command, text, redact }: Printed,
  expected: OutputMatcher,
  stream: OutputType,
): Verdict {
  const pass = prints(expected, text);
  const name = stream === 'out' ? 'output' : 'error output';
  const what = `Expected ${clip(command)} ${pass ? 'not ' : ''}to have this ${name}`;
  return {
    pass,
    message: () => redact(`${what}${outputReport(expected, text, pass)}`),
    expected,
    actual: redact(text),
  };
}

function outputReport(expected: OutputMatcher, text: string, pass: boolean): string {
  const printed = text === '' ? 'It has printed nothing.' : section('It has printed:', text);
  if (typeof expected === 'function') {
    const name = expected.name === '' ? 'a predicate' : `the predicate ${expected.name}`;
    return `, but ${name} says ${pass ? 'yes' : 'no'}.\n${printed}`;
  }
  if (types.isRegExp(expected)) return `: ${String(expected)}\n${printed}`;
  const wanted = typeof expected === 'string' ? expected : expected.join('\n');
  if (pass) return `:\n${indented(tail(wanted))}\n${printed}`;
  return `, but it differs:\n${difference(withoutLineEnd(wanted), withoutLineEnd(text))}`;
}

function prints(expected: OutputMatcher, text: string): boolean {
  if (typeof expected === 'function') return expected(text);
  if (types.isRegExp(expected)) {
    return new RegExp(expected.source, expected.flags.replace(/[gy]/g, '')).test(text);
  }
  const found = withoutLineEnd(text);
  if (typeof expected !== 'string') return withoutLineEnd(expected.join('\n')) === found;
  const wanted = withoutLineEnd(expected);
  return wanted === found || matchesWildcard(wanted, found);
}

interface Facts extends Omit<Verdict, 'message'> {
  readonly what: string;
}

function verdict(result: ProcessResult, { what, ...facts }: Facts): Verdict {
  const message = (): string => {
    const { stdout, stderr } = result.toJSON();
    const printed = stderr === '' ? section('Output:', stdout) : section('Error output:', stderr);
    const lines = [`Expected ${clip(result.command)} ${what}.`, printed];
    return redactorOf(result)(lines.filter((line) => line !== '').join('\n'));
  };
  return { ...facts, message };
}

function endingOf({ error, exitCode, signal, reason }: ProcessResult): string {
  if (error !== null && exitCode === null && signal === null) {
    return `could not be started (${error.code})`;
  }
  const how =
    signal === null
      ? `ended with exit code ${String(exitCode)} (${exitText(exitCode, null)})`
      : `was ended by ${signal} (${exitText(null, signal)})`;
  return error === null ? how : `${how}, reason: ${reason ?? error.code}`;
}

function section(title: string, text: string): string {
  return text === '' ? '' : `${title}\n${indented(tail(text))}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Takes the secrets of a run out of a text. */
type Redactor = (text: string) => string;

/** By what a result, or a process, knows of the secrets of its run. */
export function redactorOf(subject: ProcessResult | RunningProcess): Redactor {
  const { redact } = subject as { readonly redact?: Redactor };
  return redact === undefined ? (text) => text : (text) => redact.call(subject, text);
}
