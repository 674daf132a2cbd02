import fc from 'fast-check';

/** Text in which a cut at the wrong place shows: characters of every length, line ends of every kind. */
const TEXTS = [
  'a',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '\0',
  '\u00e9',
  '\u20ac',
  '\u{1f600}',
  '\u2028',
  '\ufeff',
  'e\u0301',
  '\u{1f469}\u200d\u{1f680}',
];

/** Bytes that are no UTF-8, or only the beginning of some. */
const BROKEN = [
  [0x80],
  [0xbf, 0x80],
  [0xc0, 0xaf],
  [0xc3],
  [0xe2],
  [0xe2, 0x82],
  [0xe0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f],
  [0xf0, 0x9f, 0x98],
  [0xf0, 0x80, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80],
  [0xff],
  [0xfe, 0xff],
];

/** Text with line ends and characters of every kind. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 2 })), {
    maxLength: 16,
  })
  .map((pieces) => pieces.join(''));

/** Bytes of which some are such text, and some none at all. */
export const bytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...TEXTS).map((text) => Buffer.from(text)) },
      { weight: 2, arbitrary: fc.constantFrom(...BROKEN).map((values) => Buffer.from(values)) },
      fc.uint8Array({ maxLength: 3 }).map((values) => Buffer.from(values)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => Buffer.concat(pieces));

/** Places to cut at, as fractions of the length. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(
  fc.double({ min: 0, max: 1, noNaN: true }),
  { maxLength: 6 },
);

interface Sliceable<Whole> {
  readonly length: number;
  slice(from: number, to: number): Whole;
}

/** Something cut into pieces; a piece may be empty. */
export function cutAt<Whole extends Sliceable<Whole>>(
  whole: Whole,
  places: readonly number[],
): readonly Whole[] {
  const offsets = places.map((place) => Math.round(place * whole.length)).sort((a, b) => a - b);
  return [0, ...offsets].map((from, index) => whole.slice(from, offsets[index] ?? whole.length));
}

/** Something cut in two, at every place. */
export function* everyCut<Whole extends Sliceable<Whole>>(
  whole: Whole,
): Generator<readonly [Whole, Whole]> {
  for (let at = 0; at <= whole.length; at++) {
    yield [whole.slice(0, at), whole.slice(at, whole.length)];
  }
}
