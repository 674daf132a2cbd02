import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineIterator } from '../../src/capture/line-iterator.js';
import { OutputFormatError } from '../../src/errors/output-format-error.js';
import { jsonLines } from '../../src/process/json-lines.js';
import { Captured } from '../support/captured.js';
import { cutAt, cuts } from '../support/pieces.js';
import { makeSpec } from '../support/spec.js';
import { tries } from '../support/tries.js';

const values = fc.array(fc.json({ stringUnit: 'binary', maxDepth: 2 }), { maxLength: 6 });
const ends = fc.infiniteStream(fc.constantFrom('\n', '\r\n', '\n\n', '\n \t\r\n'));

/** The values that are read of a text that is printed in pieces, as JSON: `__proto__` would be lost on a comparison. */
async function read(text: string, places: readonly number[]): Promise<readonly string[]> {
  const captured = new Captured();
  const lines = new LineIterator(captured.capture, 'utf8', ['out'], () => Promise.resolve());
  const reading = (async () => {
    const seen: string[] = [];
    for await (const value of jsonLines(lines, makeSpec(), undefined)) {
      seen.push(JSON.stringify(value));
    }
    return seen;
  })();
  // Awaited below: it may fail while there is still more to print.
  reading.catch(() => undefined);
  for (const piece of cutAt(Buffer.from(text), places)) {
    if (piece.length > 0) await captured.print(piece);
  }
  await captured.end();
  return reading;
}

it('reads the same values wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(values, ends, fc.boolean(), cuts, async (list, end, isEnded, places) => {
      const text = list.map((json) => json + String(end.next().value)).join('');
      const printed = isEnded ? text : text.trimEnd();
      const expected = list.map((json) => JSON.stringify(JSON.parse(json)));
      expect(await read(printed, places)).toEqual(expected);
    }),
    tries(300),
  );
});

it('refuses the first line that is no JSON, and says which, wherever the bytes are cut', async () => {
  const broken = fc.constantFrom('{', 'nothing', "{'a': 1}", '1 2', '\u20ac', '"\u0001"');
  await fc.assert(
    fc.asyncProperty(values, broken, values, cuts, async (before, line, after, places) => {
      const error = await read([...before, line, ...after].join('\n'), places).catch(
        (reason: unknown) => reason,
      );
      expect(OutputFormatError.is(error)).toBe(true);
      expect((error as Error).message).toContain(`line ${before.length + 1}`);
    }),
    tries(200),
  );
});
