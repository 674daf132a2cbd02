import type { OutputCallback, OutputType } from '@proc/core';
import type { Job } from '../scheduler/job.js';
import { LineBuffer } from './line-buffer.js';
import type { OutputRouter } from './output-router.js';
import type { SerialCallback } from './serial-callback.js';

type Buffers = Readonly<Record<OutputType, LineBuffer>>;

/** Passes whole lines on as they come, so that those of two entries never mix. */
export class StreamedOutput implements OutputRouter {
  readonly #callback: SerialCallback;
  readonly #buffers = new Map<Job, Buffers>();

  constructor(callback: SerialCallback) {
    this.#callback = callback;
  }

  open(job: Job): OutputCallback {
    const buffers: Buffers = { out: new LineBuffer(), err: new LineBuffer() };
    this.#buffers.set(job, buffers);
    return (type, chunk) => this.#deliver(job, type, buffers[type].push(chunk));
  }

  /** What is left of a last line without an end. */
  async ended(job: Job): Promise<void> {
    const buffers = this.#buffers.get(job);
    this.#buffers.delete(job);
    if (buffers === undefined) return;
    await this.#deliver(job, 'out', buffers.out.flush());
    await this.#deliver(job, 'err', buffers.err.flush());
  }

  skipped(): void {}

  close(): void {}

  #deliver(job: Job, type: OutputType, lines: string): void | Promise<void> {
    return lines === '' ? undefined : this.#callback.call(type, lines, job.key);
  }
}
