import type { Socket } from 'node:net';
import type { FramePort } from '../../contracts/frame-port.js';
import { PortEnd } from '../port-end.js';
import { decodeFrame, encodeFrame, type FrameReader } from './frame-codec.js';

/** A port over a socket whose ends know each other. */
export class SocketPort implements FramePort {
  readonly #end = new PortEnd();

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
      this.#end.end();
    });
  }

  /** Takes octets, also those that came right after the handshake. */
  read(chunk: Buffer): void {
    try {
      for (const body of this.reader.read(chunk)) this.#end.receive(decodeFrame(body));
    } catch {
      // Too large, or no frame at all: nothing that follows can be understood.
      this.socket.destroy();
      this.#end.end();
    }
  }

  send(frame: unknown): void {
    if (this.#end.isOpen) this.socket.write(encodeFrame(frame, this.maxFrame));
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#end.onFrame(listener);
  }

  onClose(listener: () => void): void {
    this.#end.onClose(listener);
  }

  close(): void {
    this.socket.end();
    // The other end may be stuck, and never say good-bye.
    this.socket.destroySoon();
    this.#end.end();
  }

  ref(): void {
    this.socket.ref();
  }

  unref(): void {
    this.socket.unref();
  }
}
