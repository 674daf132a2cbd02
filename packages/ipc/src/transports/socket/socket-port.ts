import type { Socket } from 'node:net';
import { realTime } from '@proc/core/internal';
import type { FramePort } from '../../contracts/frame-port.js';
import { SlowReaderError } from '../../errors/slow-reader-error.js';
import { PortEnd } from '../port-end.js';
import { decodeFrame, encodeFrame, type FrameReader } from './frame-codec.js';

/** What is done about an end that does not read, by how many bytes wait for it. */
export interface UnreadLimits {
  /** From where on nothing is read of it either, so that it asks for no more. */
  readonly pauseAt: number;
  /** From where on, besides its largest message, it is cut off by the next one: others send to it too. */
  readonly endAt: number;
}

/** How long what was sent before the end may take, for an end that does not read. */
const LAST_MS = 5000;
const NOTHING = Buffer.alloc(0);

/** A port over a socket whose ends know each other. */
export class SocketPort implements FramePort {
  readonly #end = new PortEnd();
  #reason: Error | undefined;
  /** Of the messages that wait. */
  #largest = 0;

  /**
   * @param reader - as it was left by the handshake
   * @param maxFrame - how large a frame the other end takes
   * @param limits - of one end alone: two that paused would wait for each other
   */
  constructor(
    private readonly socket: Socket,
    private readonly reader: FrameReader,
    private readonly maxFrame: number,
    private readonly limits: UnreadLimits = { pauseAt: Infinity, endAt: Infinity },
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    socket.once('close', () => {
      this.#end.end(this.#reason);
    });
  }

  /** Takes octets, also those that came right after the handshake. */
  read(chunk: Buffer = NOTHING): void {
    try {
      for (const body of this.reader.read(chunk)) {
        this.#end.receive(decodeFrame(body));
        if (this.#isFull) {
          this.#pause();
          return;
        }
      }
    } catch (error) {
      // Too large, or no frame at all: nothing that follows can be understood.
      this.socket.destroy();
      this.#end.end(error as Error);
    }
  }

  send(frame: unknown): void {
    const { socket } = this;
    if (!this.#end.isOpen || socket.destroyed) return;
    const octets = encodeFrame(frame, this.maxFrame);
    if (socket.writableLength === 0) this.#largest = 0;
    // One message may be larger than all that may wait, and who reads can not help that.
    const waiting = socket.writableLength - this.#largest;
    if (waiting <= this.limits.endAt) {
      this.#largest = Math.max(this.#largest, octets.length);
      socket.write(octets);
      return;
    }
    this.#reason = new SlowReaderError(
      `A client does not read: ${waiting} bytes wait for it besides the largest message, ` +
        `and at most ${this.limits.endAt} may.`,
    );
    // Its `close` comes later: nothing ends in the middle of what is being sent.
    socket.destroy();
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#end.onFrame(listener);
  }

  onClose(listener: (reason?: Error) => void): void {
    this.#end.onClose(listener);
  }

  close(): void {
    const { socket } = this;
    socket.end();
    // The other end may be stuck, and never say good-bye, or read what was sent.
    socket.destroySoon();
    if (!socket.destroyed) {
      const last = realTime.setTimeout(() => socket.destroy(), LAST_MS).unref();
      socket.once('close', () => {
        realTime.clearTimeout(last);
      });
    }
    this.#end.end();
  }

  ref(): void {
    this.socket.ref();
  }

  unref(): void {
    this.socket.unref();
  }

  get #isFull(): boolean {
    const { writableLength, writableNeedDrain } = this.socket;
    return writableNeedDrain && writableLength > this.limits.pauseAt;
  }

  #pause(): void {
    this.socket.pause().once('drain', () => {
      this.socket.resume();
      this.read();
    });
  }
}
