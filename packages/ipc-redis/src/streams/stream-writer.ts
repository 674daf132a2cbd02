import { realTime } from '@proc/core/internal';
import type { Redis } from 'ioredis';
import { fieldsOf } from '../wire/entry.js';
import type { Seal } from '../wire/seal.js';

/** Where entries go. */
export interface WriterTarget {
  readonly redis: Redis;
  /** Of the stream, which somebody else has made. */
  readonly key: string;
  /** Whose entries they are. */
  readonly link: string;
  readonly seal: Seal;
  /** How long it is tried again where Redis has no room for the moment, in milliseconds. */
  readonly patience: number;
  /** The stream is there no more, or takes nothing: nothing is written after that. */
  readonly onLost: (cause: unknown) => void;
}

/** So much may be in a stream unread; what is more waits here. */
const MOST_ENTRIES = 256;
const MOST_OCTETS = 16 * 1024 * 1024;
/** Unless one packet alone is larger. */
const LARGEST_ENTRY = 1024 * 1024;
/** Until it is tried again where Redis has no room, in milliseconds. */
const PAUSE = 50;
/** What Redis says where it takes no writes for the moment, and has done nothing. */
const FULL = /^(?:OOM|MISCONF|NOREPLICAS|BUSY) /;
/** That much is read in silence; then it is acknowledged even if there is nothing else to say. */
const SILENCE = 1 / 4;

/**
 * Writes packets to a stream, in order, and no faster than they are read at the other end. What is written while Redis
 * is being waited for goes into one entry.
 */
export class StreamWriter {
  readonly #target: WriterTarget;
  readonly #queue: Buffer[] = [];
  readonly #unread: { readonly number: number; readonly octets: number }[] = [];
  readonly #idle: (() => void)[] = [];
  #queuedOctets = 0;
  #unreadOctets = 0;
  #number = 0;
  #read = 0;
  #readOctets = 0;
  #told = 0;
  #running = false;
  #over = false;
  #last: Buffer | undefined;

  constructor(target: WriterTarget) {
    this.#target = target;
  }

  /** Octets that wait here. */
  get backlog(): number {
    return this.#queuedOctets;
  }

  write(packet: Buffer): void {
    this.#queue.push(packet);
    this.#queuedOctets += packet.length;
    this.#start();
  }

  /** Writes the last packet of all. Where the other end does not read, it takes the place of what waits here. */
  finish(packet: Buffer): void {
    this.#last = packet;
    this.write(packet);
  }

  /** The other end has read so far: there is room for more. */
  release(number: number): void {
    for (;;) {
      const [first] = this.#unread;
      if (first === undefined || first.number > number) break;
      this.#unread.shift();
      this.#unreadOctets -= first.octets;
    }
    this.#start();
  }

  /** This end has read so far: the other one hears of it with what is written next. */
  acknowledge(number: number, octets: number): void {
    this.#read = number;
    this.#readOctets += octets;
    if (this.#acknowledgementIsDue) this.#start();
  }

  /** Resolves when everything has been written, or nothing is any more. */
  settled(): Promise<void> {
    if (this.#over || !this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Writes nothing more. */
  stop(): void {
    this.#over = true;
    this.#rest();
  }

  get #acknowledgementIsDue(): boolean {
    return (
      this.#read - this.#told >= MOST_ENTRIES * SILENCE || this.#readOctets >= MOST_OCTETS * SILENCE
    );
  }

  #start(): void {
    if (this.#running || this.#over) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    // What is said in the same breath.
    await Promise.resolve();
    while (!this.#over) {
      const packets = this.#take();
      if (packets.length === 0 && !this.#acknowledgementIsDue) break;
      await this.#append(Buffer.concat(packets));
    }
    this.#running = false;
    if (this.#queue.length === 0) this.#rest();
  }

  #rest(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(): readonly Buffer[] {
    const taken: Buffer[] = [];
    if (this.#unread.length >= MOST_ENTRIES || this.#unreadOctets >= MOST_OCTETS) {
      if (this.#last === undefined || this.#queue.length === 0) return taken;
      this.#queue.splice(0, this.#queue.length, this.#last);
      this.#queuedOctets = this.#last.length;
    }
    for (let octets = 0; ;) {
      const [next] = this.#queue;
      if (next === undefined || (octets > 0 && octets + next.length > LARGEST_ENTRY)) return taken;
      this.#queue.shift();
      this.#queuedOctets -= next.length;
      octets += next.length;
      taken.push(next);
    }
  }

  async #append(packets: Buffer): Promise<void> {
    const { redis, key, link, seal, onLost } = this.#target;
    const entry = { link, number: ++this.#number, acknowledged: this.#read, packets };
    this.#told = this.#read;
    this.#readOctets = 0;
    this.#unread.push({ number: entry.number, octets: packets.length });
    this.#unreadOctets += packets.length;
    let failure: unknown;
    try {
      const fields = fieldsOf(entry, seal.markOf(key, entry));
      const add = () => redis.xadd(key, 'NOMKSTREAM', '*', ...fields);
      if ((await this.#addPatiently(add)) !== null) return;
    } catch (error) {
      failure = error;
    }
    if (this.#over) return;
    this.stop();
    onLost(failure);
  }

  /**
   * What is refused for want of room has not been written, so that it may be said again, with its number; what is
   * behind it waits. It is not left out: there are releases and answers in it that the other end counts on.
   */
  async #addPatiently(add: () => Promise<string | null>): Promise<string | null> {
    const end = realTime.now() + this.#target.patience;
    for (;;) {
      try {
        return await add();
      } catch (error) {
        if (!FULL.test((error as Error).message)) throw error;
        if (realTime.now() + PAUSE >= end) throw error;
      }
      await new Promise<void>((resolve) => {
        realTime.setTimeout(resolve, PAUSE);
      });
      if (this.#over) return null;
    }
  }
}
