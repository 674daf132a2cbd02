import type { CassetteMatch } from '../cassette-options.js';
import type { StoredEntry } from '../file/cassette-entry.js';
import type { Call } from './describe-call.js';
import { differences } from './differences.js';

/** What has been recorded. Each entry is given out once, those of equal calls in the order in which they were made. */
export class EntryShelf {
  readonly entries: readonly StoredEntry[];
  readonly #match: CassetteMatch;
  readonly #used = new Set<StoredEntry>();

  constructor(entries: readonly StoredEntry[], match: CassetteMatch) {
    this.entries = entries;
    this.#match = match;
  }

  get used(): readonly StoredEntry[] {
    return this.entries.filter((entry) => this.#used.has(entry));
  }

  get unused(): readonly StoredEntry[] {
    return this.entries.filter((entry) => !this.#used.has(entry));
  }

  /** Unused entries of a call, as far as it is known before it gets its input. */
  candidates(call: Call): readonly StoredEntry[] {
    return this.unused.filter((entry) => differences(entry, call, this.#match).length === 0);
  }

  /** Whether the next entry of a call can be told only from its whole input. */
  needsInput(call: Call): boolean {
    const next = this.candidates(call)[0];
    return call.kind === 'whole' && next?.input !== 'partial' && next !== undefined;
  }

  /**
   * Gives out the next entry of a call; `undefined` when there is none.
   *
   * @param digest - of its whole input, where that is needed
   */
  take(call: Call, digest?: string): StoredEntry | undefined {
    const entry = this.candidates(call).find(
      ({ input }) =>
        digest === undefined ||
        this.#match.input === 'ignore' ||
        input === digest ||
        input === 'partial',
    );
    if (entry !== undefined) this.#used.add(entry);
    return entry;
  }
}
