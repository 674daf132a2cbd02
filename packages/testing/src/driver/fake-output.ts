import type { LaunchSpec, OutputType } from '@proc/core';
import { setImmediate } from 'node:timers';
import type { Readable } from 'node:stream';
import { FakePipe, PIPE_CAPACITY } from './fake-pipe.js';

/** Taken when this file is loaded, so that fake timers do not stop it. */
const realSetImmediate = setImmediate;

interface Chunk {
  readonly pipe: FakePipe;
  readonly bytes: Buffer;
}

/**
 * The output of a fake process on its way to the reader.
 *
 * Keeps the order across stdout and stderr as long as a reader takes from both or from neither, holds the writer back
 * when the reader is slow, and outlives the process as the content of a real pipe does.
 */
export class FakeOutput {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly #pipes: Readonly<Record<OutputType, FakePipe | null>>;
  readonly #open: readonly FakePipe[];
  readonly #chunks: Chunk[] = [];
  #closing = false;
  #flushing = false;
  #waiting: (() => void)[] = [];

  constructor(launch: LaunchSpec) {
    const changed = (): void => this.#flush();
    const out = launch.stdout === 'pipe' ? new FakePipe(changed) : null;
    const err = launch.stderr === 'pipe' ? new FakePipe(changed) : null;
    this.stdout = out;
    this.stderr = err;
    this.#pipes = { out, err: launch.stderr === 'stdout' ? out : err };
    this.#open = [out, err].filter((pipe) => pipe !== null);
  }

  /** Resolves when somebody reads, so that no order is lost; at the latest after one turn of the event loop. */
  async ready(): Promise<void> {
    const turn = new Promise((resolve) => realSetImmediate(resolve));
    await Promise.race([turn, this.#readers()]);
  }

  /**
   * Prints; resolves when there is room for more.
   *
   * @returns whether there is still somebody who could read it
   */
  async write(type: OutputType, bytes: Buffer): Promise<boolean> {
    if (!this.print(type, bytes)) return false;
    while (this.#pending >= PIPE_CAPACITY) await this.#change();
    return true;
  }

  /** Prints, however little room there is. A reader that waits has got it on return. */
  print(type: OutputType, bytes: Buffer): boolean {
    const pipe = this.#pipes[type];
    if (pipe === null || bytes.length === 0) return true;
    if (pipe.destroyed) return false;
    this.#chunks.push({ pipe, bytes });
    this.#flush();
    return true;
  }

  /** Lets the streams end after what has been printed. */
  close(): void {
    this.#closing = true;
    this.#flush();
  }

  /** Nobody reads any more. */
  get abandoned(): boolean {
    return this.#open.length > 0 && this.#open.every((pipe) => pipe.destroyed);
  }

  get #pending(): number {
    return this.#chunks.reduce((total, { bytes }) => total + bytes.length, 0);
  }

  #flush(): void {
    // A reader may, in taking a chunk, make the process print or end.
    if (this.#flushing) return;
    this.#flushing = true;
    for (let index = this.#deliverable(); index >= 0; index = this.#deliverable()) {
      for (const { pipe, bytes } of this.#chunks.splice(index, 1)) {
        if (!pipe.destroyed) pipe.push(bytes);
      }
    }
    this.#flushing = false;
    this.#end();
    this.#wake();
  }

  /**
   * Where the next chunk is that can be handed on: the first one, or one of the other stream when the reader of the
   * first takes nothing for now but that of the other does.
   */
  #deliverable(): number {
    return this.#chunks.findIndex(({ pipe }) => pipe.hasRoom);
  }

  #end(): void {
    if (!this.#closing) return;
    for (const pipe of this.#open) {
      const done = !this.#chunks.some((chunk) => chunk.pipe === pipe);
      if (done && !pipe.readableEnded && !pipe.destroyed) pipe.push(null);
    }
  }

  async #readers(): Promise<void> {
    while (!this.#open.every((pipe) => pipe.hasReader)) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
