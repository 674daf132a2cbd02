import { InvalidArgumentError, showValue } from '@proc/core/essentials';
import type { Duration } from '@proc/core';
import type { WaitOptions } from '../contracts/wait-options.js';
import { errorOfFault } from '../errors/error-of-fault.js';
import { FrameTooLargeError } from '../errors/frame-too-large-error.js';
import { IpcClosedError } from '../errors/ipc-closed-error.js';
import { Blocked, Deadline } from './deadline.js';
import { RING, type OpenedMemory } from './layout.js';
import { RingMemory } from './ring-memory.js';

/**
 * Messages of octets in memory that threads share, in the order in which they were written: each is read once, by one.
 * There is room for so many octets; who writes waits for it.
 */
export class SharedRing implements AsyncIterable<Uint8Array> {
  readonly #memory: RingMemory;
  readonly #owner: number;

  /** @internal */
  constructor(
    readonly name: string,
    { memory, owner }: OpenedMemory,
  ) {
    this.#memory = new RingMemory(memory);
    this.#owner = owner;
  }

  /** How many octets there is room for; each message takes 4 more than it has. */
  get capacity(): number {
    return this.#memory.capacity;
  }

  /** How many of them are taken at this moment. */
  get used(): number {
    return this.#memory.used;
  }

  get isClosed(): boolean {
    return this.#memory.closed;
  }

  /**
   * Writes a message, as soon as there is room.
   *
   * @throws {@link IpcClosedError} when the ring is closed
   * @throws {@link FrameTooLargeError} for one that there never is room for
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}: nothing has been written then
   */
  async write(bytes: Uint8Array, options: WaitOptions = {}): Promise<void> {
    this.#check(bytes);
    await this.#deadline('write', options).until(this.#memory.cells, () => this.#put(bytes));
  }

  /** As {@link write}, and blocks the thread. @throws {@link InvalidArgumentError} when the main thread has to wait */
  writeSync(bytes: Uint8Array, timeout?: Duration): void {
    this.#check(bytes);
    this.#deadline('write', { timeout }).untilSync(this.#memory.cells, () => this.#put(bytes));
  }

  /** Writes a message, if there is room and nobody else writes at this moment. @returns whether it did */
  tryWrite(bytes: Uint8Array): boolean {
    this.#check(bytes);
    return !(this.#put(bytes) instanceof Blocked);
  }

  /**
   * The next message, as soon as there is one.
   *
   * @throws {@link IpcClosedError} when the ring is closed and all has been read
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}
   */
  async read(options: WaitOptions = {}): Promise<Uint8Array> {
    return this.#deadline('read', options).until(this.#memory.cells, () => this.#get());
  }

  /** As {@link read}, and blocks the thread. @throws {@link InvalidArgumentError} when the main thread has to wait */
  readSync(timeout?: Duration): Uint8Array {
    return this.#deadline('read', { timeout }).untilSync(this.#memory.cells, () => this.#get());
  }

  /** The next message, if there is one and nobody else reads at this moment. */
  tryRead(): Uint8Array | undefined {
    const bytes = this.#get();
    return bytes instanceof Blocked ? undefined : bytes;
  }

  /** Nothing is written any more; what has been is still read. Idempotent. */
  close(): void {
    Atomics.store(this.#memory.cells, RING.closed, 1);
    this.#memory.tell(RING.reads);
    this.#memory.tell(RING.writes);
  }

  /** The messages, until the ring is closed and all have been read. */
  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array, void> {
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = await this.read();
      } catch (error) {
        if (IpcClosedError.is(error)) return;
        throw error;
      }
      yield bytes;
    }
  }

  #put(bytes: Uint8Array): true | Blocked {
    const memory = this.#memory;
    return this.#alone(RING.writer, () => {
      if (memory.closed) throw this.#closed('write');
      // Before the look: what is read behind it is not missed.
      const reads = Atomics.load(memory.cells, RING.reads);
      if (memory.capacity - memory.used < RING.header + bytes.length) {
        return new Blocked(RING.reads, reads);
      }
      memory.append(bytes);
      memory.tell(RING.writes);
      return true;
    });
  }

  #get(): Uint8Array | Blocked {
    const memory = this.#memory;
    return this.#alone(RING.reader, () => {
      const writes = Atomics.load(memory.cells, RING.writes);
      const { closed } = memory;
      if (memory.used === 0) {
        if (closed) throw this.#closed('read');
        return new Blocked(RING.writes, writes);
      }
      const bytes = memory.take();
      memory.tell(RING.reads);
      return bytes;
    });
  }

  /** One thread at a time is at each end. One that is lost there has done nothing, and the hub lets the next in. */
  #alone<T>(end: typeof RING.writer | typeof RING.reader, act: () => T | Blocked): T | Blocked {
    const { cells } = this.#memory;
    const other = Atomics.compareExchange(cells, end, 0, this.#owner);
    if (other !== 0) return new Blocked(end, other);
    try {
      return act();
    } finally {
      Atomics.compareExchange(cells, end, this.#owner, 0);
      Atomics.notify(cells, end);
    }
  }

  #check(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) {
      throw new InvalidArgumentError(`A ring has octets, not ${showValue(bytes)}.`);
    }
    const largest = this.capacity - RING.header;
    if (bytes.length <= largest) return;
    const message = `A message of the ring "${this.name}" has at most ${largest} octets, not ${bytes.length}.`;
    throw new FrameTooLargeError(message);
  }

  #deadline(what: string, options: WaitOptions): Deadline {
    return new Deadline({ op: `shared.ring.${what}`, name: this.name }, options);
  }

  #closed(what: string): Error {
    const call = { op: `shared.ring.${what}`, name: this.name };
    return errorOfFault({ code: 'closed', how: 'closed' }, call);
  }
}
