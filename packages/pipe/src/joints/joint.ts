import type { LaunchStreams } from '@proc/core';

/** The connection between two neighbouring stages that run at the same time. */
export interface Joint {
  /** For the stage that writes. */
  readonly output: NonNullable<LaunchStreams['stdout']>;
  /** For the stage that reads. */
  readonly stdin: NonNullable<LaunchStreams['stdin']>;
  /** Bytes that went through it; `null` when they did not pass through this process. */
  readonly bytes: number | null;
  /** The reader went before the writer had finished. */
  readonly closedEarly: boolean;
  /** The writer has what it needs of ours: called when it runs, and when it never will. */
  writerStarted(): void;
  readerStarted(): void;
  /** Nobody will write any more; the reader must not wait for it. Idempotent. */
  writerEnded(): void;
  /** Nobody will read any more; the writer must not wait for it. Idempotent. */
  readerEnded(): void;
}
