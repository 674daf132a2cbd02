import type { OutputType } from '../contracts/output-callback.js';

/** Takes part in the output of a process. A returned promise holds back both streams until it settles. */
export interface OutputConsumer {
  /** Once it has accepted a chunk it needs the bytes no longer, unless it returned a promise. */
  readonly copies?: true;
  accept(type: OutputType, bytes: Buffer, at: number): void | Promise<void>;
  /** No more output will come. */
  end?(): void | Promise<void>;
}
