import type { Readable } from 'node:stream';
import type { Clock } from '../contracts/clock.js';
import type { OutputType } from '../contracts/output-callback.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { realTime } from '../clock/real-time.js';
import { systemClock } from '../clock/system-clock.js';
import { ChunkReturn } from './chunk-return.js';
import type { OutputConsumer } from './output-consumer.js';
import { OutputJournal } from './output-journal.js';
import { RetainedOutput } from './retained-output.js';
import { readStream } from './read-stream.js';
import { createRetention, type Retention } from './retention.js';

/**
 * Reads both output streams of a process: keeps what the policies say, and hands every chunk to the consumers, one
 * after the other in order of arrival.
 */
export class Capture {
  readonly clock: Clock;
  readonly #spec: ProcessSpec;
  readonly #sources: Readonly<Record<OutputType, Readable | null>>;
  readonly #returns: Readonly<Record<OutputType, ChunkReturn>>;
  readonly #retentions: Readonly<Record<OutputType, Retention>>;
  readonly #consumers = new Set<OutputConsumer>();
  readonly #journal = new OutputJournal();
  readonly #onLimit: (type: OutputType) => void;
  readonly #onLoss: (error: unknown) => void;
  readonly #held = new Set<Promise<void>>();
  /** Nothing more is delivered; consumers may still be finishing. */
  #closed = false;
  #ended = false;
  #hasBeenHeldBack = false;
  #hasLost = false;
  /** A stream could not be read to its end. */
  #isCutShort = false;
  #overLimit = false;
  #lastOutputAt: number;

  /** Resolves when no more output can come and every consumer has been told. */
  readonly ended: Promise<void>;
  #markEnded!: () => void;

  /**
   * @param onLimit - there is more than a policy allows; called once
   * @param onLoss - output can not be kept: the disk is full, or there is no temporary directory; called once, and
   *   nothing is kept or delivered after it
   */
  constructor(
    handle: ProcessHandle,
    spec: ProcessSpec,
    onLimit: (type: OutputType) => void,
    onLoss: (error: unknown) => void,
    clock: Clock = systemClock,
  ) {
    this.clock = clock;
    this.#lastOutputAt = clock.now();
    this.#spec = spec;
    this.#onLimit = onLimit;
    this.#onLoss = onLoss;
    const { stdout, stderr } = handle;
    this.#sources = { out: stdout, err: stderr };
    this.#returns = { out: new ChunkReturn(stdout, handle), err: new ChunkReturn(stderr, handle) };
    this.#retentions = { out: createRetention(spec.stdout), err: createRetention(spec.stderr) };
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
  }

  get spec(): ProcessSpec {
    return this.#spec;
  }

  /** Begins to read. Consumers added before miss nothing. */
  start(): void {
    let open = 0;
    for (const type of ['out', 'err'] as const) {
      const source = this.#sources[type];
      if (source === null) continue;
      open++;
      const hear = (chunk: Buffer): void => {
        this.#deliver(type, chunk);
      };
      readStream(source, hear, (brokeOff) => {
        if (brokeOff && !this.#closed) this.#isCutShort = true;
        this.#returns[type].stop();
        if (--open === 0) this.#whenRead();
      });
    }
    if (open === 0) realTime.queueMicrotask(this.#finish);
  }

  /** Who holds the output still works on what has come; who begins to listen meanwhile may hold it too. */
  #whenRead(): void {
    if (!this.heldBack) this.#finish();
    else {
      void Promise.allSettled(this.#held).then(() => {
        this.#whenRead();
      });
    }
  }

  add(consumer: OutputConsumer): () => void {
    this.#consumers.add(consumer);
    if (this.#closed) void consumer.end?.();
    return () => this.#consumers.delete(consumer);
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Whoever begins to listen from now on is not waited for. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Monotonic time of the last chunk, or of the end of the last hold. */
  get lastOutputAt(): number {
    return this.#lastOutputAt;
  }

  /** A consumer holds the output back; what follows is still in the pipe. */
  get heldBack(): boolean {
    return this.#held.size > 0;
  }

  /** A consumer has held the output back at some time. */
  get hasBeenHeldBack(): boolean {
    return this.#hasBeenHeldBack;
  }

  get truncated(): boolean {
    if (this.#hasLost || this.#isCutShort) return true;
    return this.#retentions.out.truncated || this.#retentions.err.truncated;
  }

  captures(type: OutputType): boolean {
    return this.#sources[type] !== null;
  }

  retained(type: OutputType): RetainedOutput {
    return new RetainedOutput(this.#retentions[type], this.#spec.encoding);
  }

  retention(type: OutputType): Retention {
    return this.#retentions[type];
  }

  get journal(): OutputJournal {
    return this.#journal;
  }

  /**
   * Gives up waiting for the end of the streams. What descendants print from now on is read and dropped, so that
   * they are not hit by SIGPIPE, but keeps this process alive no longer.
   */
  abandon(): void {
    for (const source of Object.values(this.#sources)) {
      if (source === null || source.destroyed) continue;
      source.removeAllListeners('data');
      source.resume();
      (source as { unref?: () => void }).unref?.();
    }
    this.#finish();
  }

  /** Closes the streams at once. */
  close(): void {
    for (const source of Object.values(this.#sources)) source?.destroy();
    this.#finish();
  }

  #deliver(type: OutputType, chunk: Buffer): void {
    if (this.#closed) return;
    const at = this.clock.now();
    this.#lastOutputAt = at;
    let isNeeded = this.#keep(type, chunk, at);
    if (this.#hasLost) return;
    // A copy: a reader that begins inside a callback has this chunk from what is kept.
    for (const consumer of [...this.#consumers]) {
      const pending = consumer.accept(type, chunk, at);
      if (pending !== undefined) this.hold(pending);
      if (pending !== undefined || consumer.copies !== true) isNeeded = true;
    }
    if (!isNeeded) this.#returns[type].give(chunk);
  }

  /** @returns whether its memory is needed from now on; nothing is kept after a loss: later positions would be wrong */
  #keep(type: OutputType, chunk: Buffer, at: number): boolean {
    if (this.#hasLost) return false;
    const retention = this.#retentions[type];
    const from = retention.total;
    let isHeld: boolean;
    try {
      isHeld = retention.append(chunk);
    } catch (error) {
      this.#hasLost = true;
      this.#onLoss(error);
      return false;
    }
    this.#journal.record(type, from, chunk.length, at);
    const policy = type === 'out' ? this.#spec.stdout.policy : this.#spec.stderr.policy;
    if (policy === 'fail' && retention.truncated && !this.#overLimit) {
      this.#overLimit = true;
      this.#onLimit(type);
    }
    return isHeld;
  }

  /** Holds both streams back until this settles. */
  hold(pending: Promise<void>): void {
    this.#held.add(pending);
    this.#hasBeenHeldBack = true;
    this.#sources.out?.pause();
    this.#sources.err?.pause();
    const release = (): void => {
      this.#held.delete(pending);
      this.#lastOutputAt = this.clock.now();
      if (this.#held.size > 0 || this.#closed) return;
      this.#sources.out?.resume();
      this.#sources.err?.resume();
    };
    pending.then(release, release);
  }

  readonly #finish = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    // All at once: one that never finishes must not keep the end from the others.
    const pending = [...this.#consumers]
      .map((consumer) => consumer.end?.())
      .filter((end) => end !== undefined);
    if (pending.length === 0) this.#tellEnd();
    else void Promise.all(pending).then(this.#tellEnd);
  };

  readonly #tellEnd = (): void => {
    this.#ended = true;
    this.#markEnded();
  };
}
