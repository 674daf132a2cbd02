import { describe, expect, it } from '@jest/globals';
import { missedOutput } from '../../../src/capture/missed-output.js';
import { OutputDecoder } from '../../../src/capture/output-decoder.js';
import { Captured } from '../../support/captured.js';

describe('missedOutput', () => {
  it('gives the rest of both streams in their order', async () => {
    const captured = new Captured();
    await captured.print('one');
    await captured.print('two', 'err');
    await captured.print('three');
    const since = { out: 2, err: 0 };
    const missed = missedOutput(captured.capture, since, new OutputDecoder('utf8'));
    await captured.print('later');
    expect([...missed]).toEqual([
      ['out', 'e'],
      ['err', 'two'],
      ['out', 'three'],
    ]);
    await captured.end();
  });

  it.each(['utf8', 'utf16le', 'latin1', 'hex', 'base64'] as const)(
    'cuts no character of %s, wherever it begins and ends',
    async (encoding) => {
      const bytes = Buffer.from(
        'a\u00e9\u20ac\u{1f600}'.repeat(4),
        encoding === 'utf16le' ? encoding : 'utf8',
      );
      for (let at = 0; at <= bytes.length; at++) {
        const captured = new Captured();
        const before = new OutputDecoder(encoding).decode('out', bytes.subarray(0, at));
        await captured.print(bytes.subarray(0, at + 1));
        const decoder = new OutputDecoder(encoding);
        const since = { out: at, err: 0 };
        const missed = [...missedOutput(captured.capture, since, decoder)].map(([, text]) => text);
        const rest = decoder.decode('out', bytes.subarray(at + 1)) + decoder.flush('out');
        expect(before + missed.join('') + rest).toBe(bytes.toString(encoding));
        await captured.end();
      }
    },
  );
});
