import { ownOnly } from './own-only.js';
import { readObject } from './read-object.js';

/** Values by key; those of a path are nested. */
export type ConfigRecord = Record<string, unknown>;

/** Configuration values by dotted path, as in `process.pool.concurrency`. */
export class Configuration {
  readonly #values: ConfigRecord;
  readonly #merged = new Set<string>();

  /** @throws {@link InvalidArgumentError} when it is given no object */
  constructor(values: Readonly<ConfigRecord> = {}) {
    this.#values = readObject(values, 'The configuration of an application is given as');
  }

  /** The top-level keys. */
  get keys(): readonly string[] {
    return Object.keys(this.#values);
  }

  /** The value at a path; `fallback` where there is none. */
  get<T = unknown>(path: string, fallback?: T): T {
    let value: unknown = this.#values;
    for (const key of path.split('.')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        return fallback as T;
      }
      value = (value as ConfigRecord)[key];
    }
    return (value ?? fallback) as T;
  }

  /** Whether there is a value at a path. */
  has(path: string): boolean {
    return this.get(path) !== undefined;
  }

  /** Sets a top-level key. */
  set(key: string, value: unknown): void {
    const descriptor = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(this.#values, key, ownOnly(descriptor));
  }

  /** Adds defaults below a key, as Laravel's `mergeConfigFrom`: shallow, and the user's value wins. */
  merge(key: string, defaults: Readonly<ConfigRecord>): void {
    const given = this.get(key);
    this.#merged.add(key);
    this.set(key, { ...defaults, ...(typeof given === 'object' ? given : {}) });
  }

  /** Whether anybody has added defaults below a top-level key, and so reads it. */
  hasDefaults(key: string): boolean {
    return this.#merged.has(key);
  }
}
