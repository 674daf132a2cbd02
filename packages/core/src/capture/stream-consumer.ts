import type { OutputType } from '../contracts/output-callback.js';
import type { OutputConsumer } from './output-consumer.js';

/** Most listeners that one consumer has for the same event. */
const LISTENERS = 2;

/** Copies one stream's bytes to a writable, with back-pressure. */
export class StreamConsumer implements OutputConsumer {
  readonly #type: OutputType;
  readonly #target: NodeJS.WritableStream;
  readonly #endTarget: boolean;
  readonly #onClosed: (error: Error | undefined) => void;
  #closed = false;
  #ending = false;

  /**
   * @param endTarget - end the writable after the last byte, and wait until it has finished
   * @param onClosed - called once if the writable fails, or closes before the last byte
   */
  constructor(
    type: OutputType,
    target: NodeJS.WritableStream,
    options: { readonly endTarget: boolean },
    onClosed: (error: Error | undefined) => void,
  ) {
    this.#type = type;
    this.#target = target;
    this.#endTarget = options.endTarget;
    this.#onClosed = onClosed;
    // Many runs may share a target; Node would take the eleventh listener for a leak.
    allowListeners(target, LISTENERS);
    target.on('error', this.#close).on('close', this.#close);
  }

  accept(type: OutputType, bytes: Buffer): void | Promise<void> {
    if (type !== this.#type || this.#closed) return undefined;
    if (this.#write(bytes)) return undefined;
    return new Promise((resolve) => {
      const done = (): void => {
        this.#target.off('drain', done).off('close', done).off('error', done);
        resolve();
      };
      this.#target.on('drain', done).on('close', done).on('error', done);
    });
  }

  /** @returns whether more may follow at once */
  #write(bytes: Buffer): boolean {
    try {
      // Of one that has closed before this began nothing more would be heard.
      if ((this.#target as { writable?: boolean }).writable !== false) {
        return this.#target.write(bytes);
      }
      this.#close(this.#errored ?? new Error('the stream had been closed before'));
      return true;
    } catch (error) {
      // None of Node's own throws, but nothing else may reach the stream that is being read.
      this.#close(error as Error);
      return true;
    }
  }

  /** Why the writable has failed, which it tells only when it has closed. */
  get #errored(): Error | undefined {
    return (this.#target as { errored?: Error | null }).errored ?? undefined;
  }

  async end(): Promise<void> {
    this.#ending = true;
    if (!this.#closed && this.#endTarget) {
      await new Promise<void>((resolve) => {
        this.#target.once('close', resolve).once('error', () => {
          resolve();
        });
        // A failed last write is told here first, before there is an 'error' event.
        this.#target.end((error?: Error | null) => {
          if (error) this.#close(this.#errored ?? error);
          resolve();
        });
      });
    }
    this.#closed = true;
    this.#target.off('close', this.#close);
    this.#target.off('error', this.#close);
    allowListeners(this.#target, -LISTENERS);
  }

  readonly #close = (error?: Error): void => {
    if (this.#closed) return;
    this.#closed = true;
    // After the end it is expected to close.
    if (error !== undefined || !this.#ending) this.#onClosed(error);
  };
}

function allowListeners(target: NodeJS.WritableStream, more: number): void {
  const most = target.getMaxListeners();
  if (most > 0) target.setMaxListeners(most + more);
}
