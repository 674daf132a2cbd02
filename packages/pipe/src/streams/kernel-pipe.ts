import { closeSync } from 'node:fs';

/** The two ends of a pipe of the operating system, as descriptors of this process. */
export class KernelPipe {
  #reader: number | undefined;
  #writer: number | undefined;

  constructor(reader: number, writer: number) {
    this.#reader = reader;
    this.#writer = writer;
  }

  /** @throws {Error} when it has been closed here */
  get reader(): number {
    return open(this.#reader);
  }

  get writer(): number {
    return open(this.#writer);
  }

  /** Idempotent. The number is never closed twice: by then it may belong to something else. */
  closeReader(): void {
    if (this.#reader !== undefined) closeSync(this.#reader);
    this.#reader = undefined;
  }

  closeWriter(): void {
    if (this.#writer !== undefined) closeSync(this.#writer);
    this.#writer = undefined;
  }

  close(): void {
    this.closeReader();
    this.closeWriter();
  }
}

function open(descriptor: number | undefined): number {
  if (descriptor === undefined) throw new Error('This end of the pipe has been closed.');
  return descriptor;
}
