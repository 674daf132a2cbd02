import { RING } from './layout.js';

/** The octets of a ring, of which there are a power of two: positions count on, and wrap by themselves. */
export class RingMemory {
  readonly cells: Int32Array;
  readonly capacity: number;
  readonly #octets: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.cells = new Int32Array(memory, 0, RING.size / 4);
    this.#octets = new Uint8Array(memory, RING.size);
    this.capacity = this.#octets.length;
  }

  /** Octets that have been written and not yet read, with their lengths. */
  get used(): number {
    return (Atomics.load(this.cells, RING.tail) - Atomics.load(this.cells, RING.head)) | 0;
  }

  get closed(): boolean {
    return Atomics.load(this.cells, RING.closed) === 1;
  }

  /** Puts a message after the last. It is there as soon as all of it is, by one step. */
  append(bytes: Uint8Array): void {
    const tail = Atomics.load(this.cells, RING.tail);
    const length = new Uint8Array(RING.header);
    new DataView(length.buffer).setUint32(0, bytes.length);
    this.#copyIn(tail, length);
    this.#copyIn(tail + RING.header, bytes);
    Atomics.store(this.cells, RING.tail, (tail + RING.header + bytes.length) | 0);
  }

  /** Takes the first message. It is gone by one step, as soon as all of it has been copied. */
  take(): Uint8Array {
    const head = Atomics.load(this.cells, RING.head);
    const header = this.#copyOut(head, RING.header);
    const length = new DataView(header.buffer).getUint32(0);
    const bytes = this.#copyOut(head + RING.header, length);
    Atomics.store(this.cells, RING.head, (head + RING.header + length) | 0);
    return bytes;
  }

  /** Tells those who wait for it. */
  tell(counter: number): void {
    Atomics.add(this.cells, counter, 1);
    Atomics.notify(this.cells, counter);
  }

  #copyIn(position: number, bytes: Uint8Array): void {
    const at = this.#at(position);
    const first = bytes.subarray(0, this.capacity - at);
    this.#octets.set(first, at);
    this.#octets.set(bytes.subarray(first.length), 0);
  }

  #copyOut(position: number, length: number): Uint8Array {
    const at = this.#at(position);
    const bytes = new Uint8Array(length);
    const first = this.#octets.subarray(at, at + length);
    bytes.set(first);
    bytes.set(this.#octets.subarray(0, length - first.length), first.length);
    return bytes;
  }

  #at(position: number): number {
    return position & (this.capacity - 1);
  }
}
