import { createHash, timingSafeEqual } from 'node:crypto';

/** Size of the first message each way: whoever is not known yet sends nothing larger. */
export const LARGEST_HELLO = 1024;

/** Time for the handshake. */
export const HANDSHAKE_MS = 5000;

/** How large a frame may be, unless something else is said. */
export const DEFAULT_MAX_FRAME = 16 * 1024 * 1024;

const PROTOCOL = 1;

/** What the hub answers. */
export type Welcome =
  | { readonly ok: true; readonly maxFrame: number }
  | { readonly ok: false; readonly reason: string };

/** The first message of a client. Plain JSON: nothing else is read of who has no token. */
export function helloOf(token: string, maxFrame: number): Buffer {
  return Buffer.from(JSON.stringify({ protocol: PROTOCOL, token, maxFrame }));
}

/** How large a frame the client takes, or why it is refused. */
export function checkHello(
  body: Buffer,
  token: string,
): { readonly maxFrame: number } | { readonly refused: string } {
  const hello = parse(body);
  if (hello['protocol'] !== PROTOCOL) return { refused: 'it speaks another protocol' };
  const given = hello['token'];
  if (typeof given !== 'string' || !isSame(given, token)) return { refused: 'the token is wrong' };
  const { maxFrame } = hello as { readonly maxFrame?: unknown };
  return typeof maxFrame === 'number' && maxFrame > 0
    ? { maxFrame }
    : { refused: 'it speaks another protocol' };
}

export function welcomeOf(welcome: Welcome): Buffer {
  return Buffer.from(JSON.stringify(welcome));
}

export function readWelcome(body: Buffer): Welcome {
  const { ok, maxFrame, reason } = parse(body);
  if (ok === true && typeof maxFrame === 'number') return { ok, maxFrame };
  return { ok: false, reason: typeof reason === 'string' ? reason : 'it is no hub' };
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** In a time that tells nothing of how much is the same. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
