import type { OutputType } from '@proc/core';
import { normalizeSignal, readObject } from '@proc/core/internal';
import { requireExitCode } from './exit-code.js';
import { requireFakeOutput, wholeOutput, type FakeOutputValue } from './fake-output.js';
import { EMPTY_SCRIPT, type FakeScript, type FakeStep } from './fake-script.js';

/** How a fake process ends, and what it printed. */
export interface FakeResultOptions {
  readonly output?: FakeOutputValue | undefined;
  readonly errorOutput?: FakeOutputValue | undefined;
  /** Default 0. */
  readonly exitCode?: number | undefined;
  /** The signal it dies of, in place of an exit code. */
  readonly signal?: NodeJS.Signals | undefined;
}

const KNOWN = ['output', 'errorOutput', 'exitCode', 'signal'];

/**
 * A fake that prints all it has at once and ends.
 *
 * Text and lists of lines end in exactly one line end; `''` is no output; a `Uint8Array` is printed exactly.
 */
export class FakeProcessResult {
  readonly #options: FakeResultOptions;

  /** @throws {@link InvalidArgumentError} for what there is not in a result, or what can't be its value */
  constructor(options: FakeResultOptions = {}) {
    const given = readObject(options, 'The result of a fake is given as', KNOWN);
    const { output, errorOutput, exitCode, signal } = given;
    for (const each of [output, errorOutput]) if (each !== undefined) requireFakeOutput(each);
    if (exitCode !== undefined) requireExitCode(exitCode);
    this.#options = { ...given, signal: signal && normalizeSignal(signal) };
  }

  /** The same as data, which the driver plays. */
  toScript(): FakeScript {
    const { output = '', errorOutput = '', exitCode = 0, signal } = this.#options;
    return {
      ...EMPTY_SCRIPT,
      steps: [...piece('out', output), ...piece('err', errorOutput)],
      exit: signal === undefined ? { exitCode, signal: null } : { exitCode: null, signal },
    };
  }
}

function piece(type: OutputType, output: FakeOutputValue): FakeStep[] {
  const bytes = wholeOutput(output);
  return bytes.length === 0 ? [] : [{ kind: 'write', type, bytes }];
}
