import { closeSync, openSync } from 'node:fs';
import type { OutputType } from '../contracts/output-callback.js';
import type { RetentionSpec } from '../contracts/output-spec.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { causeText } from '../diagnostics/cause-text.js';
import { exhaustionError } from '../diagnostics/start-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** The files that get a copy of the output of one run; open from the beginning. */
export class OutputFiles {
  #out: number | undefined;
  #err: number | undefined;

  /**
   * @throws {@link InvalidArgumentError} when one of them can't be opened, and {@link ResourceExhaustedError} when that
   *   is for want of descriptors or memory; none is left open then
   */
  constructor(spec: ProcessSpec) {
    try {
      this.#out = open(spec.stdout.file);
      this.#err = open(spec.stderr.file);
    } catch (cause) {
      this.close();
      const message = `An output file can not be opened: ${causeText(cause)}`;
      throw exhaustionError(spec, cause) ?? new InvalidArgumentError(message, { cause });
    }
  }

  /** The descriptor of the file of a stream; `undefined` where there is none, or it has been closed here. */
  descriptor(type: OutputType): number | undefined {
    return type === 'out' ? this.#out : this.#err;
  }

  /** Idempotent. */
  close(): void {
    const descriptors = [this.#out, this.#err];
    this.#out = undefined;
    this.#err = undefined;
    for (const descriptor of descriptors) if (descriptor !== undefined) closeSync(descriptor);
  }
}

function open(file: RetentionSpec['file']): number | undefined {
  return file === null ? undefined : openSync(file.path, file.append ? 'a' : 'w');
}
