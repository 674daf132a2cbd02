import { describe, expect, it } from '@jest/globals';
import { OutputCursor } from '../../../src/capture/output-cursor.js';
import { OutputDecoder } from '../../../src/capture/output-decoder.js';
import { createRetention } from '../../../src/capture/retention.js';

const TEXT = 'a\u00e9\u20ac\u{1f600}\r\nz';
const BYTES = Buffer.from(TEXT);

describe('OutputDecoder', () => {
  it('never splits a character, wherever the bytes are cut', () => {
    for (let first = 0; first <= BYTES.length; first++) {
      for (let second = first; second <= BYTES.length; second++) {
        const decoder = new OutputDecoder('utf8');
        const pieces = [
          BYTES.subarray(0, first),
          BYTES.subarray(first, second),
          BYTES.subarray(second),
        ].map((bytes) => decoder.decode('out', bytes));
        expect(pieces.join('') + decoder.flush('out')).toBe(TEXT);
        for (const piece of pieces) expect(piece).not.toContain('\ufffd');
      }
    }
  });

  it('keeps the streams apart', () => {
    const decoder = new OutputDecoder('utf8');
    const euro = Buffer.from('\u20ac');
    expect(decoder.decode('out', euro.subarray(0, 2))).toBe('');
    expect(decoder.decode('err', Buffer.from('x'))).toBe('x');
    expect(decoder.decode('out', euro.subarray(2))).toBe('\u20ac');
  });

  it('replaces a character that never becomes complete', () => {
    const decoder = new OutputDecoder('utf8');
    expect(decoder.decode('err', Buffer.from([0xe2, 0x82]))).toBe('');
    expect(decoder.flush('out')).toBe('');
    expect(decoder.flush('err')).toBe('\ufffd');
  });

  it('decodes other encodings', () => {
    expect(new OutputDecoder('latin1').decode('out', Buffer.from([0xe9]))).toBe('\u00e9');
    const wide = new OutputDecoder('utf16le');
    expect(wide.decode('out', Buffer.from([0x41]))).toBe('');
    expect(wide.decode('out', Buffer.from([0x00]))).toBe('A');
  });
});

describe('OutputCursor', () => {
  it('gives each piece once and waits for the rest of a character', () => {
    const retention = createRetention({ policy: 'spill', limit: 100, file: null });
    const cursor = new OutputCursor(retention, 'utf8');
    let text = '';
    for (const byte of BYTES) {
      retention.append(Buffer.from([byte]));
      const latest = cursor.latest();
      expect(latest).not.toContain('\ufffd');
      expect(cursor.latest()).toBe('');
      text += latest;
    }
    expect(text).toBe(TEXT);
  });
});
