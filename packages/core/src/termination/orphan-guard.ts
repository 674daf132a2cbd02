import { hasDescriptors } from '../drivers/descriptor-room.js';
import { groupAlive, signalGroup } from '../drivers/process-group.js';
import { Watchdog } from './watchdog.js';

/**
 * Sees to it that no process group outlives this process, however this one ends: at an ordinary exit by a signal
 * from here, at any other by the watchdog.
 */
class OrphanGuard {
  readonly #groups = new Set<number>();
  #watchdog: Watchdog | undefined;
  readonly #atExit = (): void => {
    for (const group of this.#groups) {
      // What was stopped would not act on the first one.
      for (const signal of ['SIGTERM', 'SIGCONT'] as const) signalGroup(group, signal, false);
    }
  };

  /** Guards a group until the returned function is called. */
  protect(group: number): () => void {
    // None that a process of ours can lead; to the watchdog they would mean itself, or everybody.
    if (group <= 1) return () => undefined;
    if (this.#groups.size === 0) process.on('exit', this.#atExit);
    this.#groups.add(group);
    this.#watch(group);
    return () => {
      // A group with a living member keeps its number, so it may go on being guarded for the price of a line.
      if (!this.#groups.delete(group)) return;
      if (this.#watchdog === undefined) this.#newWatchdog();
      else this.#watchdog.remove(group);
      if (this.#groups.size === 0) process.off('exit', this.#atExit);
    };
  }

  #watch(group: number): void {
    if (this.#watchdog === undefined) this.#newWatchdog();
    else this.#watchdog.add(group);
  }

  /**
   * Takes over every group, also from one that has ended for whatever reason. Where descriptors are short there is none
   * until a group comes or goes: each try would cost two of them, which Node never gives back.
   */
  #newWatchdog(): void {
    if (this.#groups.size === 0 || process.platform === 'win32' || !hasDescriptors()) return;
    const watchdog = new Watchdog((killed) => {
      if (this.#watchdog !== watchdog) return;
      this.#watchdog = undefined;
      // One that can not be started or ends by itself would do so again: the next group tries anew.
      if (killed && this.#groups.size > 0) this.#newWatchdog();
    });
    this.#watchdog = watchdog;
    for (const group of this.#groups) watchdog.add(group);
  }

  /** Groups that are guarded and have living members. */
  living(): readonly number[] {
    return [...this.#groups].filter(groupAlive);
  }
}

/** One guard for all managers of this process: it takes a process of its own. */
export const orphanGuard = new OrphanGuard();
