import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeFrame,
  encodeFrame,
  FrameReader,
} from '../../../src/transports/socket/frame-codec.js';

describe('frames on a socket', () => {
  it('come whole and in order, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        (texts, piece) => {
          const bytes = Buffer.concat(texts.map((text) => encodeFrame({ text }, 1000)));
          const reader = new FrameReader(() => 1000);
          const frames: unknown[] = [];
          for (let at = 0; at < bytes.length; at += piece) {
            for (const body of reader.read(bytes.subarray(at, at + piece)))
              frames.push(decodeFrame(body));
          }
          expect(frames).toEqual(texts.map((text) => ({ text })));
        },
      ),
    );
  });

  it('are kept in few pieces, though they come octet by octet', () => {
    const text = 'x'.repeat(20_000);
    const bytes = encodeFrame({ text }, 2 ** 20);
    const reader = new FrameReader(() => 2 ** 20);
    const concat = jest.spyOn(Buffer, 'concat');
    const frames: unknown[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      for (const body of reader.read(bytes.subarray(at, at + 1))) frames.push(decodeFrame(body));
    }
    expect(frames).toEqual([{ text }]);
    expect(Math.max(...concat.mock.calls.map(([pieces]) => pieces.length))).toBeLessThan(1100);
  });

  it('give each view in them memory of its own', () => {
    const given = [Buffer.from('abc'), new Float64Array([1.5]), new DataView(new ArrayBuffer(3))];
    const body = encodeFrame([...given, 'secret'], 1000).subarray(4);
    const read = decodeFrame(body) as (Buffer | Float64Array | DataView | string)[];
    expect(read).toEqual([...given, 'secret']);
    for (const view of read.slice(0, 3) as Buffer[]) {
      expect([view.byteOffset, view.buffer.byteLength]).toEqual([0, view.byteLength]);
    }
    body.fill(0);
    expect(read).toEqual([...given, 'secret']);
  });

  it('are refused where they are sent when they are too large, and where they come as soon as that is known', () => {
    const large = { code: 'ERR_PROC_IPC_FRAME_TOO_LARGE' };
    expect(() => encodeFrame('x'.repeat(100), 50)).toThrow(expect.objectContaining(large));
    const reader = new FrameReader(() => 50);
    const length = encodeFrame('x'.repeat(100), 1000).subarray(0, 4);
    expect(() => [...reader.read(length)]).toThrow(expect.objectContaining(large));
  });
});
