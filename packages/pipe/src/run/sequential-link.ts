import { Readable } from 'node:stream';
import type { KeyedEntry, LaunchStreams, ProcessResult, StreamName } from '@proc/core';
import type { PlannedStage } from '../stages/stage-entry.js';
import { Spool } from '../streams/spool.js';
import { specOf } from './command-entry.js';

/**
 * The connection between two stages that run one after the other. What the first one keeps is read from its result;
 * what it does not keep (it is quiet, or keeps a part only) is spooled for the second one, and forgotten then.
 */
export class SequentialLink {
  readonly #spool: Spool | undefined;
  #open: () => Readable = () => Readable.from([]);
  #bytesRead = 0;
  #bytesWritten: number | null = null;

  readonly #stream: StreamName;

  constructor(writer: PlannedStage) {
    this.#stream = writer.handsOn ?? 'stdout';
    if (!keepsOutput(writer, this.#stream)) this.#spool = new Spool();
  }

  /** For the stage that writes; `undefined` leaves it its own. */
  get output(): LaunchStreams['stdout'] {
    return this.#spool?.writable();
  }

  /** The writer has ended. */
  connect(result: ProcessResult): void {
    const spool = this.#spool;
    this.#open = spool === undefined ? () => result.stream(this.#stream) : () => spool.stream();
    this.#bytesWritten = spool?.size ?? null;
  }

  /** For the stage that reads: all of it from the start, so a stage that is tried again gets it again. */
  stdin(): Readable {
    return Readable.from(this.#counted(), { objectMode: false });
  }

  /** All of it once more, for others than the reader. */
  reread(): Readable {
    return this.#open();
  }

  /** What the reader took. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** What the writer wrote; `null` when it was not counted, since the reader did not take all of it. */
  get bytesWritten(): number | null {
    return this.#bytesWritten;
  }

  /** Frees what was spooled. */
  release(): void {
    this.#spool?.clear();
  }

  async *#counted(): AsyncGenerator<Buffer, void, undefined> {
    this.#bytesRead = 0;
    for await (const chunk of this.#open() as AsyncIterable<Buffer>) {
      this.#bytesRead += chunk.length;
      yield chunk;
    }
    this.#bytesWritten = this.#bytesRead;
  }
}

/** Whether the result of a stage will have all that it printed on a stream. */
export function keepsOutput({ entry }: KeyedEntry, stream: StreamName = 'stdout'): boolean {
  const policy = specOf(entry)?.[stream].policy ?? 'spill';
  return policy === 'spill' || policy === 'fail';
}
