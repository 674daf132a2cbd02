import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { realTime } from '@proc/core/internal';
import { JournalError } from '../errors/journal-error.js';
import { Deferred } from '../scheduler/deferred.js';
import { DiskSync } from './disk-sync.js';
import type { JournalRecord } from './journal-record.js';
import { syncFolder } from './sync-folder.js';

/** A line on its way. */
interface Waiting {
  readonly line: Buffer;
  readonly written: Deferred<void>;
}

/** How a journal is opened. */
export interface JournalFileOptions {
  /** Where the last whole line ends: what a crash has torn goes. */
  readonly wholeBytes: number;
  /** Whether {@link JournalFile.add} waits for the disk. */
  readonly durable: boolean;
}

/**
 * A journal that is being appended to. The lines of one turn of the event loop are one write. Of a write that fails
 * nothing stays.
 */
export class JournalFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #disk: DiskSync | null;
  #waiting: Waiting[] = [];
  #turn: NodeJS.Immediate | undefined;
  #size: number;

  /** @throws {@link JournalError} */
  constructor(path: string, { wholeBytes, durable }: JournalFileOptions) {
    this.#path = path;
    this.#size = wholeBytes;
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, 'a', 0o600);
      ftruncateSync(descriptor, wholeBytes);
      if (durable) syncFolder(dirname(path));
    } catch (cause) {
      if (descriptor !== undefined) closeSync(descriptor);
      throw this.#failure(cause);
    }
    this.#descriptor = descriptor;
    this.#disk = durable ? new DiskSync(this.#descriptor) : null;
  }

  /**
   * Writes a line, and those that wait, before it returns. It goes into the system's cache, which is faster than to
   * wait for a thread that does it.
   *
   * @throws {@link JournalError} when they could not be written as a whole
   */
  append(record: JournalRecord): void {
    this.#flush([lineOf(record)]);
  }

  /**
   * Writes a line together with all others of this turn. Resolves when it will survive this process, and where the
   * journal is durable, the machine.
   *
   * @throws {@link JournalError} when it could not be written
   */
  async add(record: JournalRecord): Promise<void> {
    const written = new Deferred<void>();
    this.#waiting.push({ line: lineOf(record), written });
    this.#turn ??= realTime.setImmediate(() => this.#endTurn());
    try {
      await written.promise;
      await this.#disk?.reached();
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  /** Nothing may wait any more. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #endTurn(): void {
    try {
      this.#flush();
    } catch {
      // Those whose lines they were have been told.
    }
  }

  #flush(last: readonly Buffer[] = []): void {
    realTime.clearImmediate(this.#turn);
    this.#turn = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      this.#write(Buffer.concat([...waiting.map(({ line }) => line), ...last]));
    } catch (cause) {
      this.#takeBack();
      for (const { written } of waiting) written.reject(cause);
      throw this.#failure(cause);
    }
    for (const { written } of waiting) written.resolve();
  }

  #write(lines: Buffer): void {
    for (let written = 0; written < lines.length;) {
      written += writeSync(this.#descriptor, lines, written);
    }
    this.#size += lines.length;
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

function lineOf(record: JournalRecord): Buffer {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}
