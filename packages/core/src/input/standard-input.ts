import type { Readable, Writable } from 'node:stream';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { InputClosedError } from '../errors/input-closed-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isSecret, type Secret } from '../redaction/secret.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import type { RunScope } from '../process/run-scope.js';
import { feedInput } from './feed-input.js';
import { requireWhole } from './input-stream.js';

/** The standard input of a process: fed from a source, or written to by hand. */
export class StandardInput {
  readonly #stdin: Writable | null;
  readonly #spec: ProcessSpec;
  #drained: Promise<void> | undefined;

  constructor(stdin: Writable | null, spec: ProcessSpec) {
    this.#stdin = stdin;
    this.#spec = spec;
    // A program may stop reading at any time; the error that this makes is no one's business.
    stdin?.on('error', () => undefined);
  }

  /** Feeds the source, if there is one; what is not interactive gets nothing else. */
  begin(source: Readable | null, scope: RunScope, onError: (error: unknown) => void): void {
    const stdin = this.#stdin;
    if (stdin === null) return;
    if (source !== null) scope.defer(feedInput(source, stdin, onError));
    else if (this.#spec.input !== 'interactive') stdin.end();
    scope.defer(() => {
      stdin.destroy();
    });
  }

  async write(data: string | Uint8Array | Secret): Promise<void> {
    const stdin = this.#interactive();
    if (!stdin.writable) throw this.#closed();
    if (stdin.write(this.#revealed(data))) return;
    // One wait for all writes that are held back.
    this.#drained ??= drained(stdin).finally(() => {
      this.#drained = undefined;
    });
    await this.#drained;
    if (stdin.destroyed) throw this.#closed();
  }

  async close(): Promise<void> {
    const stdin = this.#interactive();
    if (!stdin.writable) return;
    await new Promise<void>((resolve) => {
      stdin.once('close', resolve);
      stdin.end(resolve);
    });
  }

  #revealed(data: string | Uint8Array | Secret): string | Uint8Array {
    if (typeof data === 'string') return requireWhole(data);
    if (!isSecret(data)) return data;
    secretsOf(this.#spec).hide(data);
    return data.reveal();
  }

  #interactive(): Writable {
    if (this.#stdin !== null && this.#spec.input === 'interactive') return this.#stdin;
    throw new InvalidArgumentError(
      'Only the input of a process that was made interactive() can be written to.',
    );
  }

  #closed(): InputClosedError {
    const what = 'no longer reads its input.';
    return new InputClosedError(failureMessage({ what, spec: this.#spec }), this.#spec);
  }
}

/** Resolves when more can be written, or never will be. */
function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stdin.off('drain', settle).off('close', settle);
      resolve();
    };
    stdin.on('drain', settle).on('close', settle);
  });
}
