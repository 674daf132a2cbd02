import type { OutputCallback, OutputType } from '../contracts/output-callback.js';
import type { OutputConsumer } from './output-consumer.js';
import { OutputDecoder } from './output-decoder.js';

/** Text of both streams, in order. */
export type MissedOutput = Iterable<readonly [OutputType, string]>;

/** Calls an output callback, one chunk at a time, and reports once if it fails; then it is not called any more. */
export class CallbackConsumer implements OutputConsumer {
  readonly copies = true;
  readonly #decoder: OutputDecoder;
  readonly #key: string | number | undefined;
  readonly #onError: (error: unknown) => void;
  #callback: OutputCallback | undefined;
  /** Nobody has heard anything yet. */
  #unheard: boolean;
  #last: Promise<void> | undefined;
  #catchingUp: Promise<void> | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    callback: OutputCallback | undefined,
    encoding: BufferEncoding,
    key: string | number | undefined,
    onError: (error: unknown) => void,
  ) {
    this.#callback = callback;
    this.#unheard = callback === undefined;
    this.#decoder = new OutputDecoder(encoding);
    this.#key = key;
    this.#onError = onError;
  }

  /**
   * Calls another function from the next chunk on. The first one of all hears before that what it has missed, if
   * anything.
   *
   * @returns when it has; rejects with its error where that is too late to be reported
   */
  replace(
    callback: OutputCallback,
    missed?: (decoder: OutputDecoder) => MissedOutput,
  ): Promise<void> | undefined {
    const isFirst = this.#unheard;
    this.#unheard = false;
    this.#callback = callback;
    if (!isFirst || missed === undefined) return this.#catchingUp;
    this.#catchingUp = this.#catchUp(missed(this.#decoder)).finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  accept(type: OutputType, bytes: Buffer): void | Promise<void> {
    // Decoding is dear, above all of what is no text.
    if (this.#callback === undefined) return undefined;
    if (this.#catchingUp !== undefined) {
      return this.#catchingUp.then(() => this.accept(type, bytes));
    }
    return this.#call(type, this.#decoder.decode(type, bytes));
  }

  end(): void | Promise<void> {
    this.#ended = true;
    // Nobody has heard anything, or wants to hear more.
    if (this.#callback === undefined && this.#catchingUp === undefined) return undefined;
    return this.#finish(this.#catchingUp);
  }

  async #finish(catchingUp: Promise<void> | undefined): Promise<void> {
    await catchingUp?.catch(() => undefined);
    await this.#flush();
  }

  async #catchUp(missed: MissedOutput): Promise<void> {
    const isLate = this.#ended;
    for (const [type, text] of missed) {
      if (text !== '') await this.#invoke(type, text);
      if (this.#callback === undefined) break;
    }
    if (isLate) await this.#flush();
    if (isLate && this.#failure !== undefined) throw this.#failure.error;
  }

  async #flush(): Promise<void> {
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
    this.#failure = { error };
    this.#onError(error);
  };
}

function isThenable(value: unknown): value is PromiseLike<void> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
