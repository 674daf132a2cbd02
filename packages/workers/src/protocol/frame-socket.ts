import type { Socket } from 'node:net';
import { encodeFrame } from './encode-frame.js';
import { FrameReader } from './frame-reader.js';
import type { Item } from './plain-items.js';

/** Hears of the other end of a {@link FrameSocket}. */
export interface FrameListener {
  onItems(items: readonly Item[]): void;
  /** @throws when what came is nothing that the other end says: then it is cut off, as for what could not be read */
  check?(items: readonly Item[]): void;
  /** Called once, when nothing more comes; with an error, when what came could not be read. */
  onClose(error: Error | undefined): void;
}

/**
 * Carries frames between two processes. Not Node's own channel, which takes several times as long for small values,
 * and where anybody's `process.send()` would be among ours.
 */
export class FrameSocket {
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #listener: FrameListener;
  readonly #write: (bytes: Uint8Array) => void;
  #error: Error | undefined;

  /** @param write - writes to the socket; by default what the socket has for it */
  constructor(
    socket: Socket,
    listener: FrameListener,
    write: (bytes: Uint8Array) => void = (bytes) => socket.write(bytes),
  ) {
    this.#socket = socket;
    this.#listener = listener;
    this.#write = write;
    socket.on('data', (piece: Buffer) => {
      this.#read(piece);
    });
    // That the other end is gone is told by 'close', and says all.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      listener.onClose(this.#error);
    });
  }

  /**
   * Sends a frame; to nobody, when the other end is gone.
   *
   * @throws a `DataCloneError` when something in it can not be copied; then nothing was sent
   */
  send(items: readonly Item[]): void {
    if (this.#socket.writable) this.#write(encodeFrame(items));
  }

  /** How many have crossed; those that wait to be sent are among them. */
  get bytes(): { readonly sent: number; readonly received: number } {
    return { sent: this.#socket.bytesWritten, received: this.#socket.bytesRead };
  }

  /** @param done - called when all is on its way */
  close(done: () => void): void {
    if (this.#socket.writable) this.#socket.end(done);
    else done();
  }

  /** Whether this program has to stay for what may come. */
  hold(state: 'busy' | 'idle'): void {
    if (state === 'busy') this.#socket.ref();
    else this.#socket.unref();
  }

  #read(piece: Buffer): void {
    let items: readonly Item[];
    try {
      items = this.#reader.read(piece);
      this.#listener.check?.(items);
    } catch (error) {
      this.#error = error instanceof Error ? error : new Error(String(error));
      this.#socket.destroy();
      return;
    }
    if (items.length > 0) this.#listener.onItems(items);
  }
}
