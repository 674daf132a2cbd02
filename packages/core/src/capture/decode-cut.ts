import { StringDecoder } from 'node:string_decoder';

/** Where a stretch of output was cut out of a longer one. */
export interface Cut {
  /** Position of its first byte; 0 means that nothing is missing before it. */
  readonly from: number;
  /** Whether something is missing after it. */
  readonly end: boolean;
}

/** Text of a stretch of output, without the parts of characters that the cuts leave at its ends. */
export function decodeCut(bytes: Buffer, encoding: BufferEncoding, cut: Cut): string {
  const whole = cut.from > 0 ? bytes.subarray(firstCharacter(bytes, encoding, cut.from)) : bytes;
  // The decoder keeps an incomplete last character back.
  return cut.end ? new StringDecoder(encoding).write(whole) : whole.toString(encoding);
}

/** Encodings that make text of any byte have no characters that could be cut. */
function firstCharacter(bytes: Buffer, encoding: BufferEncoding, from: number): number {
  switch (encoding.toLowerCase()) {
    case 'utf8':
    case 'utf-8': {
      let start = 0;
      while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
      return start;
    }
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le': {
      const start = from % 2;
      const isLowSurrogate = ((bytes[start + 1] ?? 0) & 0xfc) === 0xdc;
      return isLowSurrogate ? start + 2 : start;
    }
    default:
      return 0;
  }
}
