import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';

/** How often to try again to write for a program that is about to end, in milliseconds. */
const AGAIN_MS = 1;

/**
 * Writes to a socket at once, as far as that has room: whatever is written is out even if the program ends the moment
 * after. What has no room follows as soon as there is some, or before the end.
 */
export class DirectWriter {
  readonly #descriptor: number;
  readonly #socket: Socket;
  #waiting: Uint8Array[] = [];
  /** A byte was given to the socket, which tells when there is room again. */
  #probe: Uint8Array | undefined;
  #isBroken = false;

  /** @param socket - reads what comes from the same descriptor */
  constructor(descriptor: number, socket: Socket) {
    this.#descriptor = descriptor;
    this.#socket = socket;
  }

  write(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    if (this.#probe === undefined) this.#go();
  }

  /** Waits, for nothing else to happen meanwhile, until all is written or nobody is left to read it. */
  finish(): void {
    if (this.#probe !== undefined && this.#socket.writableLength > 0) {
      this.#waiting.unshift(this.#probe);
    }
    while (!this.#advance()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
  }

  #go(): void {
    if (this.#advance()) return;
    const [first] = this.#waiting;
    if (first === undefined) return;
    const probe = first.subarray(0, 1);
    this.#waiting[0] = first.subarray(1);
    this.#probe = probe;
    this.#socket.write(probe, (error) => {
      this.#probe = undefined;
      if (error) this.#isBroken = true;
      this.#go();
    });
  }

  /** @returns whether nothing is left to be written */
  #advance(): boolean {
    for (let bytes = this.#waiting[0]; bytes !== undefined; bytes = this.#waiting[0]) {
      const written = this.#try(bytes);
      if (written === undefined) return false;
      if (written < bytes.length) this.#waiting[0] = bytes.subarray(written);
      else this.#waiting.shift();
    }
    return true;
  }

  /** @returns how much was written; nothing, when there is no room now */
  #try(bytes: Uint8Array): number | undefined {
    // Its number may be that of another file once it is closed.
    if (this.#isBroken || this.#socket.destroyed || bytes.length === 0) return bytes.length;
    try {
      return writeSync(this.#descriptor, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
      // Nobody reads it any more, which is told by the end of what comes from there.
      this.#isBroken = true;
      return bytes.length;
    }
  }
}
