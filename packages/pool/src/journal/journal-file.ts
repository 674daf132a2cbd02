import { closeSync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { JournalError } from '../errors/journal-error.js';
import type { JournalRecord } from './journal-record.js';

/** A journal that is being appended to. What a failed write leaves of a line is taken back. */
export class JournalFile {
  readonly #path: string;
  readonly #descriptor: number;
  #size: number;

  /**
   * @param wholeBytes - where the last whole line ends: what a crash has torn goes
   * @throws {@link JournalError}
   */
  constructor(path: string, wholeBytes: number) {
    this.#path = path;
    this.#size = wholeBytes;
    try {
      this.#descriptor = openSync(path, 'a', 0o600);
      ftruncateSync(this.#descriptor, wholeBytes);
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  /** @throws {@link JournalError} when it could not be written as a whole */
  append(record: JournalRecord, { durable }: { readonly durable: boolean }): void {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      for (let written = 0; written < line.length;) {
        written += writeSync(this.#descriptor, line, written);
      }
      this.#size += line.length;
      if (durable) fdatasyncSync(this.#descriptor);
    } catch (cause) {
      this.#takeBack();
      throw this.#failure(cause);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #takeBack(): void {
    try {
      ftruncateSync(this.#descriptor, this.#size);
    } catch {
      // The next run takes a torn line for what it is.
    }
  }

  #failure(cause: unknown): JournalError {
    const { code } = cause as NodeJS.ErrnoException;
    return new JournalError(
      `The journal ${this.#path} can not be written: ${code ?? String(cause)}.`,
      this.#path,
      null,
      cause,
    );
  }
}
