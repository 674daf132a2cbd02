import type { TerminationReason } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';

/** The version of the format: the first line of each run says it. */
export const JOURNAL_VERSION = 1;

/** A run of a pool begins. */
export interface JournalRunRecord {
  readonly type: 'run';
  readonly version: number;
  readonly run: string;
  readonly at: string;
  readonly pid: number;
  readonly resume: 'missing' | 'failed' | null;
}

/** An entry is about to be launched. */
export interface JournalStartedRecord {
  readonly type: 'started';
  readonly key: PoolKey;
  /** What it runs; see `Launchable.fingerprint`. */
  readonly hash: string;
  readonly at: string;
  /** Without secrets. */
  readonly command: string;
}

/** What a stream held: inline as text or base64, in a file beside the journal, or nothing but its size. */
export interface JournalOutput {
  readonly bytes: number;
  readonly text?: string;
  readonly base64?: string;
  /** Relative to the folder of the journal. */
  readonly file?: string;
  /** Of the bytes, where it is not UTF-8. */
  readonly encoding?: BufferEncoding;
}

/** The error of a result. */
export interface JournalErrorRecord {
  readonly code: string;
  readonly name: string;
  /** Without secrets. */
  readonly message: string;
  /** The names of its class and of those that it extends. */
  readonly classes: readonly string[];
  /** Its further properties, as far as JSON can write them; without secrets. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** An entry has ended. */
export interface JournalEndedRecord {
  readonly type: 'ended';
  readonly key: PoolKey;
  readonly hash: string;
  readonly command: string;
  readonly pid: number | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number;
  readonly attempts: number;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly exitText: string;
  readonly shellCode: number;
  readonly reason: TerminationReason | null;
  readonly error: JournalErrorRecord | null;
  readonly success: boolean;
  /** The pool was ending, and stopped it or did not try it again: a resume runs it again. */
  readonly cutShort: boolean;
  readonly outputHeldOpen: boolean;
  readonly outputTruncated: boolean;
  readonly tag: string | null;
  /** As JSON gives it. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly stdout: JournalOutput;
  readonly stderr: JournalOutput;
}

/** One line of a journal. */
export type JournalRecord = JournalRunRecord | JournalStartedRecord | JournalEndedRecord;
