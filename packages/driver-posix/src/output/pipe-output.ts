import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { ownOnly, unpolluted } from '@proc/core/internal';
import type { Libc } from '../native/libc.js';
import type { PipeWatch, WatchedPipe } from './pipe-watch.js';

/** A program that runs for longer than this many looks is worth a socket. */
const FEW_LOOKS = 3;

/**
 * What a program prints, read from our end of its pipe.
 *
 * Most programs end within milliseconds. A socket, which the system tells of each arrival, would cost them more than
 * all their reading: so the pipe is looked at when the program has ended, and a few times before; only then it becomes
 * a socket.
 */
export class PipeOutput extends Readable implements WatchedPipe {
  readonly #fd: number;
  readonly #libc: Libc;
  readonly #watch: PipeWatch;
  #socket: Socket | undefined;
  /** Somebody waits for what comes next. */
  #wanted = false;
  #looks = 0;
  #programEnded = false;

  /** @param fd - is closed with the stream */
  constructor(fd: number, libc: Libc, watch: PipeWatch) {
    super();
    this.#fd = fd;
    this.#libc = libc;
    this.#watch = watch;
    libc.doNotBlock(fd);
  }

  override _read(): void {
    this.#wanted = true;
    if (this.#socket !== undefined) this.#socket.resume();
    else if (this.#programEnded) this.#takeRest();
    else this.#watch.add(this);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#watch.remove(this);
    if (this.#socket === undefined) this.#libc.close(this.#fd);
    else this.#socket.destroy();
    callback(error);
  }

  /** For the watch. */
  look(): void {
    this.#take();
    if (++this.#looks >= FEW_LOOKS) this.#openSocket();
  }

  /** To be called when the program has ended: whatever it has printed is there. */
  programEnds(): void {
    this.#programEnded = true;
    if (this.#wanted && this.#socket === undefined) this.#takeRest();
  }

  /** Keeps this process alive no longer. */
  unref(): void {
    this.#openSocket();
    this.#socket?.unref();
  }

  /** What has not come to its end is still open in another program. */
  #takeRest(): void {
    this.#take();
    if (this.#wanted && !this.destroyed) this.#openSocket();
  }

  /** Reads while there is something, and somebody wants it. */
  #take(): void {
    while (this.#wanted && !this.destroyed) {
      const bytes = this.#read();
      if (bytes === undefined) return;
      if (bytes.length === 0) {
        this.#end();
        return;
      }
      this.#wanted = this.push(bytes);
    }
    this.#watch.remove(this);
  }

  #read(): Buffer | undefined {
    try {
      return this.#libc.read(this.#fd);
    } catch (error) {
      this.destroy(error as Error);
      return undefined;
    }
  }

  #end(): void {
    this.#wanted = false;
    this.#watch.remove(this);
    this.push(null);
  }

  #openSocket(): void {
    if (this.#socket !== undefined || this.destroyed || this.readableEnded) return;
    this.#watch.remove(this);
    const options = ownOnly({ fd: this.#fd, readable: true, writable: false });
    const socket = unpolluted(() => new Socket(options));
    this.#socket = socket;
    socket
      .on('data', (chunk: Buffer) => {
        if (!this.push(chunk)) socket.pause();
      })
      .once('end', () => {
        this.#end();
      })
      .once('error', (error) => {
        this.destroy(error);
      })
      .once('close', () => {
        // Nothing more can come, also where no end was seen.
        if (!this.readableEnded && this.#wanted) this.#end();
      });
    if (!this.#wanted) socket.pause();
  }
}
