/** The order to stop a run. Few runs are ever given one, so its signal is only made for who listens to it. */
export class StopOrder {
  #controller: AbortController | undefined;
  #given: { readonly reason: unknown } | undefined;

  /** Whether it has been given. */
  get aborted(): boolean {
    return this.#given !== undefined;
  }

  /** Why, once it has been given. */
  get reason(): unknown {
    return this.#given?.reason;
  }

  /** Is aborted with the reason. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#given !== undefined) this.#controller.abort(this.#given.reason);
    }
    return this.#controller.signal;
  }

  /** Gives it; the first reason counts. */
  give(reason: unknown): void {
    this.#given ??= { reason };
    this.#controller?.abort(reason);
  }
}
