import { DEFAULT_MAX_FRAME } from '@proc/ipc/internal';
import { decodeWords, encodePacket, encodeWords } from './packets.js';

const PROTOCOL = 1;

/** No end takes less, or says that it takes more. */
const SMALLEST_FRAME = 1024;
const LARGEST_FRAME = 1024 ** 3;

/** The first packet of a link. */
export function hello(): Buffer {
  return encodePacket('hello', 0, encodeWords({ protocol: PROTOCOL, maxFrame: DEFAULT_MAX_FRAME }));
}

/** How large a frame the other end takes; `undefined` when it speaks another protocol, or says what can not be. */
export function readHello(body: Buffer): number | undefined {
  const { protocol, maxFrame } = decodeWords(body);
  return protocol === PROTOCOL && isSize(maxFrame) ? maxFrame : undefined;
}

/** The hub's first packet. */
export function welcome(): Buffer {
  return encodePacket('welcome', 0, encodeWords({ maxFrame: DEFAULT_MAX_FRAME }));
}

export function readWelcome(body: Buffer): number {
  const { maxFrame } = decodeWords(body);
  return isSize(maxFrame) ? maxFrame : DEFAULT_MAX_FRAME;
}

/** Instead of a {@link welcome}. */
export function refused(reason: string): Buffer {
  return encodePacket('refused', 0, encodeWords({ reason }));
}

export function readRefused(body: Buffer): string {
  const { reason } = decodeWords(body);
  return typeof reason === 'string' ? reason : 'it has been refused';
}

function isSize(value: unknown): value is number {
  return (
    Number.isSafeInteger(value) && Number(value) >= SMALLEST_FRAME && Number(value) <= LARGEST_FRAME
  );
}
