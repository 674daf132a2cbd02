import { probe } from '../kernel/probe.js';

/** Stands for the id of what has none. */
const NO_ID = Symbol('no id');

/** A request that waits for its answer. */
export class PendingRequest {
  /** Read once: the message is the caller's, and may change. */
  readonly id: unknown;
  readonly answer: Promise<unknown>;
  #settled = false;
  #resolve!: (answer: unknown) => void;
  #reject!: (error: Error) => void;

  constructor(message: unknown) {
    this.id = idOf(message);
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits is told; nobody does when the message could not be sent in the first place.
    this.answer.catch(() => undefined);
  }

  /** @returns whether it still waited */
  resolve(answer: unknown): boolean {
    const waited = !this.#settled;
    this.#settled = true;
    this.#resolve(answer);
    return waited;
  }

  reject(error: Error): void {
    this.#settled = true;
    this.#reject(error);
  }
}

/** The requests that have not been answered, in the order in which they were made. */
export class PendingRequests {
  readonly #waiting = new Map<unknown, PendingRequest[]>();

  add(message: unknown): PendingRequest {
    const request = new PendingRequest(message);
    const waiting = this.#waiting.get(request.id);
    if (waiting === undefined) this.#waiting.set(request.id, [request]);
    else waiting.push(request);
    return request;
  }

  /**
   * Gives a message to the first request with its id, else to the first without any.
   *
   * @returns whether a request took it. One without an id that has been given up still has its turn, but leaves the
   *   message to others: else the late answer to it would pass for that to the next one.
   */
  claim(message: unknown): boolean {
    if (this.#waiting.size === 0) return false;
    const request = this.#take(idOf(message)) ?? this.#take(NO_ID);
    return request?.resolve(message) ?? false;
  }

  /** Gives a request up whose answer may still come. */
  giveUp(request: PendingRequest, error: Error): void {
    request.reject(error);
    if (request.id !== NO_ID) this.withdraw(request);
  }

  /** Takes a request out to which no answer can come. */
  withdraw(request: PendingRequest): void {
    const { id } = request;
    const rest = this.#waiting.get(id)?.filter((other) => other !== request) ?? [];
    if (rest.length > 0) this.#waiting.set(id, rest);
    else this.#waiting.delete(id);
  }

  /** No more answers will come. */
  rejectAll(error: () => Error): void {
    for (const request of [...this.#waiting.values()].flat()) request.reject(error());
    this.#waiting.clear();
  }

  #take(id: unknown): PendingRequest | undefined {
    const waiting = this.#waiting.get(id);
    const request = waiting?.shift();
    if (waiting?.length === 0) this.#waiting.delete(id);
    return request;
  }
}

/** The `id` of a message, where it has one that can be told from others. */
function idOf(message: unknown): unknown {
  if (typeof message !== 'object' || message === null) return NO_ID;
  const id = probe(() =>
    Object.hasOwn(message, 'id') ? (message as { readonly id: unknown }).id : undefined,
  );
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? id : NO_ID;
}
