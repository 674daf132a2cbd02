import type { ProcessResult, ProcessSpec } from '@proc/core';

/**
 * What is known of a process that was started, at the moment it was asked for. Never changes afterwards.
 *
 * Written down (`inspect`, JSON, the difference that a runner shows) it has `[secret]` in the place of secrets; `input`
 * and `messages` themselves are what really arrived.
 */
export interface RecordedProcess {
  /** What was said of it, with marks in the place of secrets. */
  readonly spec: ProcessSpec;
  /** The command line, quoted as for a shell. */
  readonly command: string;
  /** The result; while the process runs, one that says so. */
  readonly result: ProcessResult;
  /** Whether it had not ended. */
  readonly running: boolean;
  /** Of a fake, one that no real process has. */
  readonly pid: number | undefined;
  /** Everything that was written to its standard input; empty for a stray one. */
  readonly input: Buffer;
  /** The messages that were sent to it, as they arrived; none for a stray one. */
  readonly messages: readonly unknown[];
  /** Signals that reached it, in order. */
  readonly signals: readonly NodeJS.Signals[];
  /** It really ran, as no fake is registered for it. */
  readonly stray: boolean;
}
