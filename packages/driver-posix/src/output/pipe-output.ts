import { AsyncResource } from 'node:async_hooks';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { realTime } from '@proc/core/internal';
import type { Libc } from '../native/libc.js';
import { openSocket } from './open-socket.js';
import type { PipeWatch, WatchedPipe } from './pipe-watch.js';

/** A program that runs for this many looks is worth a socket. */
const FEW_LOOKS = 3;

/** So is one that prints more than this many times 64 KiB between two of them. */
const FEW_READS = 4;

/**
 * What a program prints, read from our end of its pipe.
 *
 * Most programs end within milliseconds. A socket, which the system wakes this process for at each arrival, would cost
 * them more than all their reading: so the pipe is looked at when a program has ended, and a few times before; only
 * then it becomes a socket.
 */
export class PipeOutput extends Readable implements WatchedPipe {
  readonly descriptor: number;
  readonly #libc: Libc;
  readonly #watch: PipeWatch;
  /** Whoever listens is called in the context of the start, and not of what else happens to end now. */
  readonly #context = new AsyncResource('ProcPipeOutput');
  #socket: Socket | undefined;
  #closed = false;
  /** Somebody waits for what comes next. */
  #wanted = false;
  #looks = 0;
  #programEnded = false;

  /** @param descriptor - is closed with the stream */
  constructor(descriptor: number, libc: Libc, watch: PipeWatch) {
    super();
    this.descriptor = descriptor;
    this.#libc = libc;
    this.#watch = watch;
    libc.doNotBlock(descriptor);
    if (!watch.add(this)) this.#openSocket();
    // As a socket does it: so that an end is noticed also where nobody reads.
    this.read(0);
  }

  override _read(): void {
    this.#wanted = true;
    if (this.#socket !== undefined) this.#socket.resume();
    else if (this.#programEnded) this.#takeRest();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#close();
    callback(error);
  }

  /** For the watch. */
  becomesReadable(): void {
    this.#inContext(() => {
      this.#take();
    });
  }

  /** For the watch. */
  ages(): void {
    if (++this.#looks >= FEW_LOOKS) this.#openSocket();
  }

  /** To be called when the program has ended: whatever it has printed is there. */
  programEnds(): void {
    this.#programEnded = true;
    if (this.#wanted && this.#socket === undefined) {
      this.#inContext(() => {
        this.#takeRest();
      });
    }
  }

  /** Keeps this process alive no longer. */
  unref(): void {
    this.#openSocket();
    this.#socket?.unref();
  }

  /** What has not come to its end is still open in another program. */
  #takeRest(): void {
    this.#take();
    if (this.#wanted) this.#openSocket();
  }

  /** Reads while there is something and somebody wants it, but not for so long that nobody else has their turn. */
  #take(): void {
    for (let reads = 0; this.#wanted && !this.#closed; reads++) {
      if (reads === FEW_READS) {
        this.#openSocket();
        return;
      }
      const bytes = this.#bytes();
      if (bytes === undefined) return;
      if (bytes.length === 0) this.#end();
      else this.#hand(bytes);
    }
  }

  /** A listener that asks for more while it is handed this does not ask again; one that throws wants more as well. */
  #hand(bytes: Buffer): void {
    this.#wanted = false;
    let more = true;
    try {
      more = this.push(bytes);
    } finally {
      if (more) this.#wanted = true;
    }
  }

  #bytes(): Buffer | undefined {
    try {
      return this.#libc.read(this.descriptor);
    } catch (error) {
      this.destroy(error as Error);
      return undefined;
    }
  }

  #end(): void {
    this.#wanted = false;
    this.#close();
    this.push(null);
    this.read(0);
  }

  /** What a listener throws is an uncaught exception, as anywhere else, and keeps nobody else from their output. */
  #inContext(work: () => void): void {
    this.#context.runInAsyncScope(() => {
      try {
        work();
      } catch (error) {
        realTime.nextTick(() => {
          throw error;
        });
      }
    });
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.remove(this);
    if (this.#socket === undefined) this.#libc.close(this.descriptor);
    else this.#socket.destroy();
  }

  #openSocket(): void {
    if (this.#socket !== undefined || this.#closed) return;
    this.#watch.remove(this);
    let socket: Socket;
    try {
      socket = this.#context.runInAsyncScope(openSocket, null, this.descriptor, { readable: true });
    } catch (error) {
      // Somebody else has closed what is ours.
      this.destroy(error as Error);
      return;
    }
    this.#socket = socket;
    socket
      .on('data', (chunk: Buffer) => {
        this.#hand(chunk);
        if (!this.#wanted) socket.pause();
      })
      .once('error', (error) => {
        this.destroy(error);
      })
      .once('close', () => {
        // At its end, or where something has closed it.
        if (!this.destroyed) this.#end();
      });
    if (!this.#wanted) socket.pause();
  }
}
