import { resolve } from 'node:path';
import type { ProcessResult } from '@proc/core';
import { SecretTable, uniqueId } from '@proc/core/internal';
import type { ResumePolicy } from '../contracts/journal-options.js';
import type { PoolKey } from '../contracts/pool-key.js';
import { JournalError } from '../errors/journal-error.js';
import type { Job } from '../scheduler/job.js';
import { endedRecord, restoredResult } from './ended-record.js';
import { entryHash } from './entry-hash.js';
import { JournalFile } from './journal-file.js';
import { JournalLock } from './journal-lock.js';
import { hasOutput, writeOutput, type OutputToWrite } from './journal-output.js';
import { JOURNAL_VERSION, type JournalEndedRecord, type JournalOutput } from './journal-record.js';
import { readJournalContent } from './read-journal.js';

/** Options of a journal, checked and with their defaults. */
export interface ResolvedJournalOptions {
  readonly path: string;
  readonly output: 'keep' | 'none';
  readonly durable: boolean;
  readonly resume: ResumePolicy | null;
}

/** What a resume has found. */
export interface ResumeReport {
  readonly resumed: readonly PoolKey[];
  readonly changed: readonly PoolKey[];
  /** Keys of the journal that the pool does not have. */
  readonly obsolete: readonly PoolKey[];
}

const NO_OUTPUT: JournalOutput = { bytes: 0 };

/** The journal of one run: knows what earlier runs have done, and writes down what this one does. */
export class Journal {
  readonly #options: ResolvedJournalOptions;
  readonly #path: string;
  readonly #run = uniqueId();
  readonly #lock: JournalLock;
  readonly #file: JournalFile;
  /** The last record of each key. */
  readonly #ended = new Map<PoolKey, JournalEndedRecord>();
  readonly #running = new Map<Job, { readonly hash: string; readonly secrets: SecretTable }>();
  readonly #resumed: PoolKey[] = [];
  readonly #changed: PoolKey[] = [];

  /** @throws {@link JournalError} when it is locked, damaged, or can not be written */
  constructor(options: ResolvedJournalOptions) {
    this.#options = options;
    this.#path = resolve(options.path);
    this.#lock = new JournalLock(this.#path);
    try {
      this.#file = this.#open();
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  /** The result of an entry that does not have to be run again. */
  restore(job: Job): ProcessResult | undefined {
    const record = this.#ended.get(job.key);
    if (this.#options.resume === null || record === undefined) return undefined;
    this.#ended.delete(job.key);
    if (record.hash !== entryHash(job.entry)) {
      this.#changed.push(job.key);
      return undefined;
    }
    if (record.cutShort || (this.#options.resume === 'failed' && !record.success)) return undefined;
    const isWhole = [record.stdout, record.stderr].every((kept) => hasOutput(this.#path, kept));
    if (!isWhole) return undefined;
    this.#resumed.push(job.key);
    return restoredResult(this.#path, record);
  }

  /** To be called ahead of the launch. @throws {@link JournalError} */
  started(job: Job, secrets: SecretTable): void {
    const hash = entryHash(job.entry);
    this.#running.set(job, { hash, secrets });
    const at = new Date().toISOString();
    const command = secrets.redact(job.entry.toString());
    this.#file.append({ type: 'started', key: job.key, hash, at, command });
  }

  /**
   * To be called before anybody hears of the result, who has to wait for it: resolves when it is written down.
   *
   * @param cutShort - the pool stopped it, or ended before its next attempt
   * @throws {@link JournalError}
   */
  async ended(job: Job, result: ProcessResult, cutShort: boolean): Promise<void> {
    const { key } = job;
    const { hash, secrets } = this.#running.get(job) ?? {
      hash: entryHash(job.entry),
      secrets: new SecretTable(),
    };
    this.#running.delete(job);
    const stdout = await this.#keep(job, result, { stream: 'stdout', secrets });
    const stderr = await this.#keep(job, result, { stream: 'stderr', secrets });
    await this.#file.add(endedRecord({ key, hash, result, cutShort, stdout, stderr, secrets }));
  }

  report(): ResumeReport {
    const obsolete = this.#options.resume === null ? [] : [...this.#ended.keys()];
    return { resumed: this.#resumed, changed: this.#changed, obsolete };
  }

  close(): void {
    this.#file.close();
    this.#lock.release();
  }

  #open(): JournalFile {
    const { records, wholeBytes } = readJournalContent(this.#path, { missing: 'empty' });
    for (const record of records) if (record.type === 'ended') this.#ended.set(record.key, record);
    const file = new JournalFile(this.#path, { wholeBytes, durable: this.#options.durable });
    try {
      file.append({
        type: 'run',
        version: JOURNAL_VERSION,
        run: this.#run,
        at: new Date().toISOString(),
        pid: process.pid,
        resume: this.#options.resume,
      });
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  async #keep(
    { key }: Job,
    result: ProcessResult,
    what: Pick<OutputToWrite, 'stream' | 'secrets'>,
  ): Promise<JournalOutput> {
    const { output, durable } = this.#options;
    if (output === 'none') return NO_OUTPUT;
    const name = `${this.#run} ${typeof key} ${key}`;
    try {
      return await writeOutput({ journal: this.#path, name, result, durable, ...what });
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new JournalError(
        `Output could not be written beside the journal ${this.#path}: ${code ?? String(cause)}.`,
        this.#path,
        null,
        cause,
      );
    }
  }
}
