import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, type Size } from '@proc/core';
import { parseSize, readObject, showValue } from '@proc/core/internal';
import { DEFAULT_MAX_FRAME, LARGEST_HELLO } from './handshake.js';

/** How a hub listens. */
export interface ListenOptions {
  /**
   * Path of the socket, or on Windows name of the pipe; default: in a new directory of its own, which only this user
   * can enter. A socket that a dead process has left there is replaced.
   */
  readonly path?: string | undefined;
  /** What a client has to know, at most 256 bytes; default: a random one. */
  readonly token?: string | undefined;
  /** The largest message that is taken, from 1 KiB to 1 GiB; default: 16 MiB. Whoever sends a larger one is cut off. */
  readonly maxFrame?: Size | undefined;
  /**
   * How much may wait for a client that does not read, not less than `maxFrame`; default: 16 times that. Whoever lets
   * more wait, its largest message aside, is cut off by the next one, with a {@link SlowReaderError} in the
   * {@link IpcSessionClosed}.
   */
  readonly maxUnread?: Size | undefined;
}

/** Checked, with every default but that of the path, which has to be made. */
export interface ResolvedListenOptions {
  readonly path: string | undefined;
  readonly token: string;
  readonly maxFrame: number;
  readonly maxUnread: number;
}

/** The first message has room for it, however it is written. */
const LONGEST_TOKEN = 256;
/** Well below what the engine can copy in one piece, and the length before a frame can say. */
const LARGEST_FRAME = 2 ** 30;
const FRAMES_UNREAD = 16;

/**
 * @param what - the begin of the message about what is no object
 * @throws {@link InvalidArgumentError} for what can not be, before anything is opened
 */
export function resolveListenOptions(
  given: ListenOptions,
  what = 'Options are given as',
): ResolvedListenOptions {
  const { path, token, ...sizes } = readObject(given, what, [
    'path',
    'token',
    'maxFrame',
    'maxUnread',
  ]);
  requireText('path', path);
  requireText('token', token);
  if (token !== undefined && Buffer.byteLength(token) > LONGEST_TOKEN) {
    throw new InvalidArgumentError(`The token has at most ${LONGEST_TOKEN} bytes.`);
  }
  const maxFrame = sizes.maxFrame === undefined ? DEFAULT_MAX_FRAME : frameSize(sizes.maxFrame);
  const maxUnread =
    sizes.maxUnread === undefined
      ? FRAMES_UNREAD * maxFrame
      : unreadSize(sizes.maxUnread, maxFrame);
  return { path, token: token ?? randomBytes(32).toString('hex'), maxFrame, maxUnread };
}

function frameSize(given: Size): number {
  const bytes = parseSize(given, 'maxFrame');
  // Nothing smaller carries even the requests of a client.
  if (bytes >= LARGEST_HELLO && bytes <= LARGEST_FRAME) return bytes;
  throw new InvalidArgumentError(
    `The maxFrame must be from ${LARGEST_HELLO} to ${LARGEST_FRAME} bytes; got ${showValue(given)}.`,
  );
}

function unreadSize(given: Size, maxFrame: number): number {
  const bytes = parseSize(given, 'maxUnread');
  if (bytes >= maxFrame) return bytes;
  throw new InvalidArgumentError(
    `The maxUnread must not be less than the maxFrame of ${maxFrame} bytes; got ${showValue(given)}.`,
  );
}

function requireText(name: string, text: unknown): void {
  if (text === undefined || (typeof text === 'string' && text !== '')) return;
  throw new InvalidArgumentError(`${name} is a text that is not empty, not ${showValue(text)}.`);
}
