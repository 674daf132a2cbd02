import type { Socket } from 'node:net';
import type { FramePort } from '../../contracts/frame-port.js';
import { decodeFrame, encodeFrame, type FrameReader } from './frame-codec.js';

/** A port over a socket whose ends know each other. */
export class SocketPort implements FramePort {
  readonly #waiting: unknown[] = [];
  #listener: ((frame: unknown) => void) | undefined;
  #onClose: (() => void) | undefined;
  #open = true;

  /**
   * @param reader - as it was left by the handshake
   * @param maxFrame - how large a frame the other end takes
   */
  constructor(
    private readonly socket: Socket,
    private readonly reader: FrameReader,
    private readonly maxFrame: number,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    socket.once('close', () => {
      this.#end();
    });
  }

  /** Takes octets, also those that came right after the handshake. */
  read(chunk: Buffer): void {
    try {
      for (const body of this.reader.read(chunk)) this.#receive(decodeFrame(body));
    } catch {
      // Too large, or no frame at all: nothing that follows can be understood.
      this.socket.destroy();
      this.#end();
    }
  }

  send(frame: unknown): void {
    if (this.#open) this.socket.write(encodeFrame(frame, this.maxFrame));
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#listener = listener;
    for (const frame of this.#waiting.splice(0)) listener(frame);
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
    if (!this.#open) listener();
  }

  close(): void {
    this.socket.end();
    // The other end may be stuck, and never say good-bye.
    this.socket.destroySoon();
    this.#end();
  }

  ref(): void {
    this.socket.ref();
  }

  unref(): void {
    this.socket.unref();
  }

  #receive(frame: unknown): void {
    if (!this.#open) return;
    if (this.#listener === undefined) this.#waiting.push(frame);
    else this.#listener(frame);
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#onClose?.();
  }
}
