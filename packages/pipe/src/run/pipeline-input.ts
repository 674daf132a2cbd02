import { closeSync, openSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { LaunchStreams } from '@proc/core';
import { inputStream, type SecretTable } from '@proc/core/internal';
import { specOf, takesDescriptors } from './command-entry.js';
import type { PipelinePlan } from './pipeline-plan.js';

/** The standard input of the first stage, for one run. */
export class PipelineInput {
  readonly #plan: PipelinePlan;
  readonly #given: LaunchStreams['stdin'];
  readonly #secrets: SecretTable;
  #source: Readable | undefined;
  #file: string | undefined;
  /** All stay open until the end: a stage that is tried again reads one of its own. */
  readonly #descriptors: number[] = [];

  /** @param given - by the one who runs the pipeline, in place of its own */
  constructor(plan: PipelinePlan, given: LaunchStreams['stdin'], secrets: SecretTable) {
    this.#plan = plan;
    this.#given = given;
    this.#secrets = secrets;
  }

  /** @throws the system's error when a file can not be opened */
  open(): void {
    const { input } = this.#plan;
    if (this.#given !== undefined || input === undefined || input === null) return;
    if (input instanceof URL && this.#canTakeFile(input)) {
      const path = fileURLToPath(input);
      // What is wrong with it is told before anything starts.
      closeSync(openSync(path, 'r'));
      this.#file = path;
      return;
    }
    this.#source = inputStream(input, this.#secrets);
    // It may fail before the first stage looks at it.
    this.#source.on('error', () => undefined);
  }

  /**
   * A command reads a file itself, by a descriptor, wherever it can be given one; with each look by a new one.
   *
   * @returns `undefined` where the first stage is left its own
   */
  stdin(): LaunchStreams['stdin'] {
    if (this.#file === undefined) return this.#given ?? this.#source;
    const fd = openSync(this.#file, 'r');
    this.#descriptors.push(fd);
    return { fd };
  }

  /** Closes what was opened here. Idempotent. */
  close(): void {
    if (this.#source !== process.stdin) this.#source?.destroy();
    for (const fd of this.#descriptors.splice(0)) closeSync(fd);
  }

  /** Anything but a file may keep its reader waiting, which has its place in a stream. */
  #canTakeFile(url: URL): boolean {
    const first = this.#plan.stages[0]?.entry;
    const tty = specOf(first)?.tty ?? true;
    if (first === undefined || tty || !takesDescriptors(first)) return false;
    return statSync(fileURLToPath(url)).isFile();
  }
}
