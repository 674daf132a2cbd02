/** How much of what a worker says on stderr is kept for the error of its death. */
export const STDERR_KEPT = 2000;

/** The end of a text that comes in pieces. */
export class TextTail {
  readonly #limit: number;
  #text = '';

  /** @param limit - characters that are kept at least, and twice as many at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get text(): string {
    return this.#text.slice(-this.#limit);
  }

  add(piece: string): void {
    this.#text += piece;
    if (this.#text.length > 2 * this.#limit) this.#text = this.#text.slice(-this.#limit);
  }
}
