/** A promise that is settled from outside. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  #resolve: (value: T) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(value: T): void {
    this.#resolve(value);
  }

  reject(reason: unknown): void {
    this.#reject(reason);
  }

  /** Resolves when it has been settled, either way. */
  async settled(): Promise<void> {
    await this.promise.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Rejects where there is an error, else resolves. */
  settle(value: T, error: unknown): void {
    if (error === undefined) this.resolve(value);
    else this.reject(error);
  }

  /** Rejects without demanding that anybody listens. */
  rejectQuietly(reason: unknown): void {
    this.promise.catch(() => undefined);
    this.#reject(reason);
  }
}
