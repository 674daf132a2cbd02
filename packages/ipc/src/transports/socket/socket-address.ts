import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { uniqueId } from '@proc/core/internal';
import { AddressError } from '../../errors/address-error.js';

/** Longest path of a UNIX socket, in octets. */
const LONGEST = { linux: 107, other: 103 } as const;

/** Where a hub listens, and what has to be removed afterwards. */
export interface SocketAddress {
  /** Path of a socket, or on Windows name of a pipe. */
  readonly path: string;
  readonly isPipe: boolean;
  remove(): void;
}

/**
 * Chooses or prepares an address: by default a socket in a new directory that only this user can enter, on Windows a
 * pipe with a name that nobody can guess.
 *
 * @throws {@link AddressError} for a path that is too long for a socket, or whose directory can not be made
 */
export function socketAddress(
  given: string | undefined,
  platform: NodeJS.Platform = process.platform,
): SocketAddress {
  if (platform === 'win32') {
    const path = given ?? `proc-ipc-${uniqueId()}`;
    const isName = !path.startsWith('\\\\');
    return { path: isName ? `\\\\.\\pipe\\${path}` : path, isPipe: true, remove: () => undefined };
  }
  const longest = platform === 'linux' ? LONGEST.linux : LONGEST.other;
  if (given !== undefined) {
    requireShort(given, longest);
    makeDirectory(dirname(given), (path) => mkdirSync(path, { recursive: true, mode: 0o700 }));
    return { path: given, isPipe: false, remove: () => undefined };
  }
  const directory = makeDirectory(join(tmpdir(), 'proc-ipc-'), (path) => mkdtempSync(path));
  const path = join(directory, 'hub.sock');
  const remove = (): void => {
    try {
      rmdirSync(directory);
    } catch {
      // Somebody else has something there, or has removed it.
    }
  };
  try {
    requireShort(path, longest);
  } catch (error) {
    remove();
    throw error;
  }
  return { path, isPipe: false, remove };
}

function makeDirectory<R>(path: string, make: (path: string) => R): R {
  try {
    return make(path);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new AddressError(`Can not make the directory of a socket: ${reason}`, { cause });
  }
}

function requireShort(path: string, longest: number): void {
  const length = Buffer.byteLength(path);
  if (length <= longest) return;
  throw new AddressError(
    `The path of a socket has at most ${longest} bytes here; "${path}" has ${length}. Give a shorter path.`,
  );
}
