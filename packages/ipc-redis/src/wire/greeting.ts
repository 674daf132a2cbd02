import { DEFAULT_MAX_FRAME } from '@proc/ipc/internal';
import { decodeWords, encodePacket, encodeWords } from './packets.js';

const PROTOCOL = 1;

/** The first packet of a link. */
export function hello(): Buffer {
  return encodePacket('hello', 0, encodeWords({ protocol: PROTOCOL, maxFrame: DEFAULT_MAX_FRAME }));
}

/** How large a frame the other end takes; `undefined` when it speaks another protocol. */
export function readHello(body: Buffer): number | undefined {
  const { protocol, maxFrame } = decodeWords(body);
  return protocol === PROTOCOL && typeof maxFrame === 'number' ? maxFrame : undefined;
}

/** The hub's first packet. */
export function welcome(): Buffer {
  return encodePacket('welcome', 0, encodeWords({ maxFrame: DEFAULT_MAX_FRAME }));
}

export function readWelcome(body: Buffer): number {
  const { maxFrame } = decodeWords(body);
  return typeof maxFrame === 'number' ? maxFrame : DEFAULT_MAX_FRAME;
}

/** Instead of a {@link welcome}. */
export function refused(reason: string): Buffer {
  return encodePacket('refused', 0, encodeWords({ reason }));
}

export function readRefused(body: Buffer): string {
  const { reason } = decodeWords(body);
  return typeof reason === 'string' ? reason : 'it has been refused';
}
