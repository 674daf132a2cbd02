import { types } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';

/** Output of a fake: text, lines, or exact bytes. */
export type FakeOutputValue = string | readonly string[] | Uint8Array;

/** Whether a value can be the output of a fake. */
export function isFakeOutput(value: unknown): value is FakeOutputValue {
  if (typeof value === 'string' || types.isUint8Array(value)) return true;
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}

/** @throws {@link InvalidArgumentError} for what can't be the output of a fake */
export function requireFakeOutput(value: unknown): void {
  if (isFakeOutput(value)) return;
  throw new InvalidArgumentError(
    `The output of a fake is a text, a list of lines or bytes; got ${showValue(value)}.`,
  );
}

/**
 * The whole output of a result: text and lines end in exactly one line end, and nothing stays nothing; bytes are taken
 * as they are.
 */
export function wholeOutput(output: FakeOutputValue): Buffer {
  requireFakeOutput(output);
  if (types.isUint8Array(output)) return Buffer.from(output);
  const text = typeof output === 'string' ? output : output.map(withoutLineEnd).join('\n');
  return Buffer.from(text === '' ? '' : `${withoutLineEnd(text)}\n`);
}

/** The pieces of output that a description adds: one per line, each with its line end; bytes are one piece as it is. */
export function outputPieces(output: FakeOutputValue): readonly Buffer[] {
  requireFakeOutput(output);
  if (types.isUint8Array(output)) return [Buffer.from(output)];
  const lines = typeof output === 'string' ? [output] : output;
  return lines.map((line) => Buffer.from(`${withoutLineEnd(line)}\n`));
}

function withoutLineEnd(text: string): string {
  return text.replace(/\n+$/, '');
}
