import type { OutputCallback, OutputType } from '../contracts/output-callback.js';
import type { OutputConsumer } from './capture.js';
import { OutputDecoder } from './output-decoder.js';

/** Calls an output callback, one chunk at a time, and reports once if it fails; then it is not called any more. */
export class CallbackConsumer implements OutputConsumer {
  readonly #decoder: OutputDecoder;
  readonly #key: string | number | undefined;
  readonly #onError: (error: unknown) => void;
  #callback: OutputCallback | undefined;
  #last: Promise<void> | undefined;

  constructor(
    callback: OutputCallback | undefined,
    encoding: BufferEncoding,
    key: string | number | undefined,
    onError: (error: unknown) => void,
  ) {
    this.#callback = callback;
    this.#decoder = new OutputDecoder(encoding);
    this.#key = key;
    this.#onError = onError;
  }

  /** Calls another function from the next chunk on. */
  replace(callback: OutputCallback): void {
    this.#callback = callback;
  }

  accept(type: OutputType, bytes: Buffer): void | Promise<void> {
    // Decoding is dear, above all of what is no text.
    if (this.#callback === undefined) return undefined;
    return this.#call(type, this.#decoder.decode(type, bytes));
  }

  async end(): Promise<void> {
    await this.#call('out', this.#decoder.flush('out'));
    await this.#call('err', this.#decoder.flush('err'));
  }

  #call(type: OutputType, text: string): void | Promise<void> {
    if (text === '' || this.#callback === undefined) return undefined;
    // Chunks of the other stream may arrive in the same turn as the one that is being worked on.
    if (this.#last !== undefined)
      return this.#track(this.#last.then(() => this.#invoke(type, text)));
    const pending = this.#invoke(type, text);
    return pending === undefined ? undefined : this.#track(pending);
  }

  #track(pending: Promise<void>): Promise<void> {
    const tracked: Promise<void> = pending.then(() => {
      if (this.#last === tracked) this.#last = undefined;
    });
    this.#last = tracked;
    return tracked;
  }

  #invoke(type: OutputType, text: string): void | Promise<void> {
    if (this.#callback === undefined) return undefined;
    try {
      const pending = this.#callback(type, text, this.#key);
      return isThenable(pending) ? Promise.resolve(pending).catch(this.#fail) : undefined;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  readonly #fail = (error: unknown): void => {
    this.#callback = undefined;
    this.#onError(error);
  };
}

function isThenable(value: unknown): value is PromiseLike<void> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
