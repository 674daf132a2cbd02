import { serialize } from 'node:v8';
import { FrameTooLargeError, type FramePort } from '@proc/ipc';
import { decodeFrame, PortEnd } from '@proc/ipc/internal';
import type { Packet } from '../wire/packets.js';

/** What a port needs of the link that it is a part of. */
export interface PortCarrier {
  /** How large a frame the other end takes. */
  readonly maxFrame: number;
  carry(kind: Packet['kind'], session: number, body?: Buffer): void;
  /** A port has been closed at this end. */
  forget(session: number): void;
  keepAlive(alive: boolean): void;
}

/** One session of a link. */
export class LinkPort implements FramePort {
  readonly #end = new PortEnd();
  #keepsAlive = false;

  constructor(
    private readonly session: number,
    private readonly carrier: PortCarrier,
  ) {}

  send(frame: unknown): void {
    if (!this.#end.isOpen) return;
    const body = serialize(frame);
    const { maxFrame } = this.carrier;
    if (body.length > maxFrame) {
      throw new FrameTooLargeError(
        `A message of ${body.length} bytes is more than the ${maxFrame} that the connection takes.`,
      );
    }
    this.carrier.carry('frame', this.session, body);
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#end.onFrame(listener);
  }

  onClose(listener: (reason?: Error) => void): void {
    this.#end.onClose(listener);
  }

  close(): void {
    if (!this.#end.isOpen) return;
    this.end();
    this.carrier.forget(this.session);
  }

  ref(): void {
    this.#keepAlive(true);
  }

  unref(): void {
    this.#keepAlive(false);
  }

  /** A frame has come. @throws for what is none */
  receive(body: Buffer): void {
    this.#end.receive(decodeFrame(body));
  }

  /** The other end, or the link, is gone. */
  end(reason?: Error): void {
    this.#keepAlive(false);
    this.#end.end(reason);
  }

  #keepAlive(alive: boolean): void {
    if (alive === this.#keepsAlive) return;
    this.#keepsAlive = alive;
    this.carrier.keepAlive(alive);
  }
}
