import { AsyncLocalStorage } from 'node:async_hooks';
import { isWithin } from '../wire/is-within.js';

const storage = new AsyncLocalStorage<string>();
let count = 0;

/** Which scope code runs in: what it acquires belongs to that. */
export class Scopes {
  /** @param own - of all code that has entered none within it; default: none */
  constructor(private readonly own?: string) {}

  /** The scope around; `undefined` outside of any. */
  get current(): string | undefined {
    const entered = storage.getStore();
    return this.own === undefined || isWithin(entered, this.own) ? entered : this.own;
  }

  /** Runs a function in a scope of its own, within the one around. */
  enter<T>(run: () => T): T {
    return storage.run(this.#next(), run);
  }

  /** A scope of its own, within the one around, for whoever is given it. */
  within(): Scopes {
    return new Scopes(this.#next());
  }

  #next(): string {
    const id = (++count).toString(36);
    const outer = this.current;
    return outer === undefined ? id : `${outer}/${id}`;
  }
}
