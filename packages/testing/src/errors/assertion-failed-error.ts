import { ProcError } from '@proc/core';
import { codeDirectory } from '@proc/core/internal';
import { join, sep } from 'node:path';

/** Where our own frames are, also when a source map has led a runner back to the sources. */
const OURS = ['dist', 'src'].map((name) => join(codeDirectory(__dirname), '..', name) + sep);

/** An assertion about processes does not hold. Test runners show `expected` and `actual` as a difference. */
export class AssertionFailedError extends ProcError {
  readonly code = 'ERR_PROC_ASSERTION';
  /** Asks runners that have the choice (Mocha, Vitest) to show the difference. */
  readonly showDiff = true;

  constructor(
    message: string,
    readonly expected: unknown,
    readonly actual: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
    pointAtCaller(this);
  }
}

/** Runners show the line of the first frame: it should be the test's, and not one of ours. */
function pointAtCaller(error: Error): void {
  const ours = (line: string): boolean =>
    /^\s+at /.test(line) && OURS.some((directory) => line.includes(directory));
  const lines = error.stack?.split('\n') ?? [];
  error.stack = lines.filter((line) => !ours(line)).join('\n');
}
