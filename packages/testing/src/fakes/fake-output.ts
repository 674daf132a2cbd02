/** Output of a fake: text, lines, or exact bytes. */
export type FakeOutputValue = string | readonly string[] | Uint8Array;

/**
 * The whole output of a result: text and lines end in exactly one line end, and nothing stays nothing; bytes are taken
 * as they are.
 */
export function wholeOutput(output: FakeOutputValue): Buffer {
  if (output instanceof Uint8Array) return Buffer.from(output);
  const text = typeof output === 'string' ? output : output.map(withoutLineEnd).join('\n');
  return Buffer.from(text === '' ? '' : `${withoutLineEnd(text)}\n`);
}

/** The pieces of output that a description adds: one per line, each with its line end; bytes are one piece as it is. */
export function outputPieces(output: FakeOutputValue): readonly Buffer[] {
  if (output instanceof Uint8Array) return [Buffer.from(output)];
  const lines = typeof output === 'string' ? [output] : output;
  return lines.map((line) => Buffer.from(`${withoutLineEnd(line)}\n`));
}

function withoutLineEnd(text: string): string {
  return text.replace(/\n+$/, '');
}
