import { OutputDecoder } from '../capture/output-decoder.js';
import type { OutputType } from '../contracts/output-callback.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { secretsOf } from './spec-secrets.js';
import type { TextRedactor } from './text-redactor.js';

/** The output of a run as text without secrets, while it comes. */
export class RedactedOutput {
  readonly #decoder: OutputDecoder;
  readonly #redactors: Readonly<Record<OutputType, TextRedactor>>;

  constructor(spec: ProcessSpec) {
    const secrets = secretsOf(spec);
    this.#decoder = new OutputDecoder(spec.encoding);
    this.#redactors = { out: secrets.stream(), err: secrets.stream() };
  }

  /** What a chunk makes certain; may be empty. */
  push(type: OutputType, bytes: Buffer): string {
    return this.#redactors[type].push(this.#decoder.decode(type, bytes));
  }

  /** What is left at the end. */
  flush(type: OutputType): string {
    const redactor = this.#redactors[type];
    return redactor.push(this.#decoder.flush(type)) + redactor.flush();
  }
}
