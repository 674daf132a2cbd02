import { describe, expect, it } from '@jest/globals';
import { decodeCut } from '../../../src/capture/decode-cut.js';
import { RetainedOutput } from '../../../src/capture/retained-output.js';
import { createRetention } from '../../../src/capture/retention.js';
import type { RetentionPolicy } from '../../../src/contracts/output-spec.js';

const TEXT = 'a\u00e9\u20ac\u{1f600}z\u{1f600}\u20ac\u00e9b';

describe('decodeCut', () => {
  it.each<BufferEncoding>(['utf8', 'utf-8', 'utf16le', 'ucs2'])(
    'gives whole characters wherever %s is cut',
    (encoding) => {
      const bytes = Buffer.from(TEXT, encoding);
      for (let from = 0; from <= bytes.length; from++) {
        for (let to = from; to <= bytes.length; to++) {
          const cut = { from, end: to < bytes.length };
          const text = decodeCut(bytes.subarray(from, to), encoding, cut);
          expect(TEXT).toContain(text);
          expect(to - from - Buffer.byteLength(text, encoding)).toBeLessThan(8);
        }
      }
    },
  );

  it.each<BufferEncoding>(['latin1', 'hex'])('takes every byte of %s for itself', (encoding) => {
    const bytes = Buffer.from([0x80, 0xbf, 0xe2]);
    expect(decodeCut(bytes, encoding, { from: 3, end: true })).toBe(bytes.toString(encoding));
  });

  it('shows broken characters that the program itself has printed', () => {
    const broken = Buffer.from([0x61, 0xe2, 0x82, 0x62]);
    expect(decodeCut(broken, 'utf8', { from: 0, end: false })).toBe('a\ufffdb');
    expect(decodeCut(broken.subarray(0, 3), 'utf8', { from: 0, end: false })).toBe('a\ufffd');
  });
});

describe('the text of output that was cut by its limit', () => {
  const text = (policy: RetentionPolicy, limit: number): string => {
    const retention = createRetention({ policy, limit, file: null });
    for (const byte of Buffer.from(TEXT)) retention.append(Buffer.from([byte]));
    return new RetainedOutput(retention, 'utf8').text();
  };

  it('begins or ends with whole characters, as its policy says', () => {
    for (let limit = 0; limit <= Buffer.byteLength(TEXT); limit++) {
      const [head, tail, both] = [
        text('head', limit),
        text('tail', limit),
        text('headTail', limit),
      ];
      expect(TEXT.startsWith(head)).toBe(true);
      expect(TEXT.endsWith(tail)).toBe(true);
      expect(both).toBe(text('head', Math.ceil(limit / 2)) + text('tail', Math.floor(limit / 2)));
      for (const each of [head, tail]) {
        expect(limit - Buffer.byteLength(each)).toBeLessThan(4);
        expect(each).not.toContain('\ufffd');
      }
    }
  });
});
