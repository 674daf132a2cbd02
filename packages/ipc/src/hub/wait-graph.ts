import type { DeadlockStep } from '../wire/fault.js';
import { isWithin } from '../wire/is-within.js';

/** Who holds or wants a lock. */
export interface LockOwner {
  /** For messages. */
  readonly label: string;
  /**
   * The scope that it is in: ids joined by `/`, the session first. A scope ends when all within it has ended.
   * `undefined` where nobody knows what it belongs to: it may be released at any time then.
   */
  readonly path: string | undefined;
}

/** A lock, as far as waiting for it goes. */
export interface Lockable {
  readonly label: string;
  owners(): Iterable<LockOwner>;
}

/** Somebody who waits for all owners of a lock. */
export interface LockWait {
  readonly owner: LockOwner;
  readonly lock: Lockable;
}

/** Who waits for whom among the hub's locks. */
export class WaitGraph {
  readonly #waits = new Set<LockWait>();

  /** @returns a function that takes it out again */
  add(wait: LockWait): () => void {
    this.#waits.add(wait);
    return () => {
      this.#waits.delete(wait);
    };
  }

  /**
   * The circle that a wait would close, if it would: each step a scope that can not end before the next one has. What
   * is not known for certain to be in a circle is taken not to be.
   */
  cycleOf(wait: LockWait): readonly DeadlockStep[] | undefined {
    const { path } = wait.owner;
    return path === undefined ? undefined : this.#search(wait, path, new Set());
  }

  #search(wait: LockWait, start: string, seen: Set<LockWait>): readonly DeadlockStep[] | undefined {
    seen.add(wait);
    for (const holder of wait.lock.owners()) {
      if (holder.path === undefined) continue;
      const step = { waiter: wait.owner.label, lock: wait.lock.label, holder: holder.label };
      if (isWithin(start, holder.path)) return [step];
      for (const next of this.#waits) {
        if (seen.has(next) || !isWithin(next.owner.path, holder.path)) continue;
        const rest = this.#search(next, start, seen);
        if (rest !== undefined) return [step, ...rest];
      }
    }
    return undefined;
  }
}
