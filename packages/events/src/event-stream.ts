/**
 * Events as an async iterator over one of emittery's.
 *
 * Adds what that lacks: several `next()` at once are answered in turn, and the end, by whichever side, gives
 * everything back.
 */
export class EventStream<Event> implements AsyncIterableIterator<Event> {
  readonly #source: AsyncIterableIterator<Event>;
  readonly #unsubscribe: () => void;
  #previous: Promise<unknown> = Promise.resolve();

  constructor(source: AsyncIterableIterator<Event>, unsubscribe: () => void) {
    this.#source = source;
    this.#unsubscribe = unsubscribe;
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    // emittery remembers only the latest waiting reader.
    const turn = this.#previous.then(async () => {
      const result = await this.#source.next();
      return result.done === true ? this.return() : result;
    });
    this.#previous = turn;
    return turn;
  }

  async return(): Promise<IteratorResult<Event, undefined>> {
    this.#unsubscribe();
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
