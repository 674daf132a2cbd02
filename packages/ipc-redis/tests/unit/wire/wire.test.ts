import { describe, expect, it } from '@jest/globals';
import { entryOf, fieldsOf } from '../../../src/wire/entry.js';
import { readHello, readWelcome } from '../../../src/wire/greeting.js';
import {
  decodePackets,
  decodeWords,
  encodePacket,
  encodeWords,
} from '../../../src/wire/packets.js';
import { Seal } from '../../../src/wire/seal.js';

const entry = { link: 'l', number: 2, acknowledged: 1, packets: Buffer.from('packets') };

describe('What is written to a stream', () => {
  it('comes out as it went in', () => {
    const packets = [
      encodePacket('open', 7, Buffer.from('{}')),
      encodePacket('frame', 2 ** 32 - 1, Buffer.from('body')),
      encodePacket('bye'),
    ];

    expect([...decodePackets(Buffer.concat(packets))]).toEqual([
      { kind: 'open', session: 7, body: Buffer.from('{}') },
      { kind: 'frame', session: 2 ** 32 - 1, body: Buffer.from('body') },
      { kind: 'bye', session: 0, body: Buffer.alloc(0) },
    ]);
    const mark = Buffer.from('mark');
    const words = fieldsOf(entry, mark).map((word) => Buffer.from(String(word)));
    expect(entryOf(words)).toEqual({ entry, mark });
  });

  it('is refused where it is not ours', () => {
    const whole = encodePacket('frame', 1, Buffer.from('body'));
    for (const wrong of [
      whole.subarray(0, 5),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.from([99, 0, 0, 0, 0, 0, 0, 0, 0])]),
    ]) {
      expect(() => [...decodePackets(wrong)]).toThrow(/out of range|no packet/);
    }
    const other = ['l', 'x', 'n', 'many', 'a', '0', 'p', '', 'h', ''].map((word) =>
      Buffer.from(word),
    );
    expect([entryOf([]), entryOf(other)]).toEqual([undefined, undefined]);
    expect([decodeWords(Buffer.from('{')), decodeWords(Buffer.from('null'))]).toEqual([{}, {}]);
  });
});

describe('A greeting', () => {
  it.each([0, 1, -1, 1023, 1024 ** 3 + 1, 2000.5, null, '2000'])(
    'that says that it takes frames of %j is none',
    (maxFrame) => {
      expect(readHello(encodeWords({ protocol: 1, maxFrame }))).toBeUndefined();
      expect(readWelcome(encodeWords({ maxFrame }))).toBe(16 * 1024 * 1024);
    },
  );

  it('says how large a frame may be', () => {
    expect(readHello(encodeWords({ protocol: 1, maxFrame: 1024 }))).toBe(1024);
    expect(readHello(encodeWords({ protocol: 2, maxFrame: 1024 }))).toBeUndefined();
    expect(readWelcome(encodeWords({ maxFrame: 1024 ** 3 }))).toBe(1024 ** 3);
  });
});

describe('A seal', () => {
  it('is that of the token, the stream and all of the entry', () => {
    const seal = new Seal('token');
    const mark = seal.markOf('key', entry);

    expect(seal.isOf('key', entry, mark)).toBe(true);
    expect(new Seal('other').isOf('key', entry, mark)).toBe(false);
    expect(seal.isOf('other', entry, mark)).toBe(false);
    for (const change of [
      { link: 'm' },
      { number: 3 },
      { acknowledged: 2 },
      { packets: Buffer.from('packetz') },
    ]) {
      expect(seal.isOf('key', { ...entry, ...change }, mark)).toBe(false);
    }
    expect(seal.isOf('key', entry, Buffer.alloc(0))).toBe(false);
  });

  it('without a token is none, and takes none', () => {
    const none = new Seal(undefined);

    expect(none.markOf('key', entry)).toHaveLength(0);
    expect(none.isOf('key', entry, Buffer.alloc(0))).toBe(true);
    expect(none.isOf('key', entry, new Seal('token').markOf('key', entry))).toBe(false);
  });
});
