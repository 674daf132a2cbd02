import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { AddressError } from '../../errors/address-error.js';

/** The file of a socket that a server listens at, from its making to its removal. */
export class SocketFile {
  readonly #path: string;
  readonly #device: bigint;
  readonly #inode: bigint;

  private constructor(path: string) {
    const { dev, ino } = lstatSync(path, { bigint: true });
    this.#path = path;
    this.#device = dev;
    this.#inode = ino;
  }

  /**
   * Has a server listen at a path, for this user alone. A socket that nobody listens at any more is replaced.
   *
   * Not by listening there at once: whoever closes a server that does removes what is there then, which may be
   * another's. So it listens at a name that nobody knows, and the file gets its own when it is ready.
   *
   * @throws {@link AddressError} when somebody listens there, or something else is there
   */
  static async claim(server: Server, path: string): Promise<SocketFile> {
    const unknown = join(dirname(path), randomBytes(3).toString('hex'));
    await listen(server, unknown);
    try {
      chmodSync(unknown, 0o600);
      await SocketFile.#link(unknown, path);
      return new SocketFile(path);
    } catch (error) {
      server.close();
      throw error;
    } finally {
      rmSync(unknown, { force: true });
    }
  }

  static async #link(from: string, path: string): Promise<void> {
    try {
      linkSync(from, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await SocketFile.#removeStale(path);
      linkSync(from, path);
    }
  }

  /** @throws {@link AddressError} */
  static async #removeStale(path: string): Promise<void> {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isSocket()) throw new AddressError(`"${path}" is there already, and is no socket.`);
    const stale = new SocketFile(path);
    if (await answers(path)) throw new AddressError(`Another process listens at "${path}".`);
    stale.remove();
  }

  /** Removes it, unless another one has taken its place. */
  remove(): void {
    const found = lstatSync(this.#path, { bigint: true, throwIfNoEntry: false });
    if (found?.ino === this.#inode && found.dev === this.#device) rmSync(this.#path);
  }
}

/** Has a server listen at an address. */
export function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
