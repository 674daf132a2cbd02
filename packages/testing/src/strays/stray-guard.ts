import type { ProcessSpec } from '@proc/core';
import { requireList } from '@proc/core/internal';
import { StrayProcessError } from '../errors/stray-process-error.js';
import { requireMatcher } from '../matching/command-matcher.js';
import { matchesSpec, type CommandPattern } from '../matching/command-pattern.js';

/**
 * The error for a process that must not run, or `undefined`.
 *
 * @param fakes - the patterns that fakes are registered for
 */
export type StrayRule = (
  spec: ProcessSpec,
  fakes: readonly CommandPattern[],
) => StrayProcessError | undefined;

/** Decides which processes without a fake may run, and remembers those that it has refused. */
export class StrayGuard {
  #prevents = false;
  #allowed: readonly CommandPattern[] = [];
  #refused: readonly StrayProcessError[] = [];

  get prevents(): boolean {
    return this.#prevents;
  }

  prevent(): void {
    this.#prevents = true;
  }

  /** Lets these run in spite of the prevention; without patterns everything, as the prevention ends. */
  allow(patterns?: readonly CommandPattern[]): void {
    if (patterns === undefined) {
      this.#reset();
      return;
    }
    const all = requireList(patterns, 'Processes that may run are given as');
    all.forEach(requireMatcher);
    this.#allowed = [...this.#allowed, ...all];
  }

  /** The rules as they are now; what they refuse is remembered here. */
  get rule(): StrayRule {
    if (!this.#prevents) return () => undefined;
    const allowed = this.#allowed;
    return (spec, fakes) => {
      if (allowed.some((pattern) => matchesSpec(pattern, spec))) return undefined;
      const error = new StrayProcessError(spec, fakes);
      this.#refused = [...this.#refused, error];
      return error;
    };
  }

  /** Those that were refused, and that nobody has asked for by {@link acknowledge}. */
  get refused(): readonly StrayProcessError[] {
    return this.#refused;
  }

  /** Gives those that were refused, and forgets them. */
  acknowledge(): readonly StrayProcessError[] {
    const refused = this.#refused;
    this.#refused = [];
    return refused;
  }

  /** Everything may run again. What has been refused is still known: code that swallowed the error has not gone. */
  lift(): void {
    this.#reset();
  }

  /** The same rules, and nothing refused yet. */
  copy(): StrayGuard {
    const copy = new StrayGuard();
    copy.#prevents = this.#prevents;
    copy.#allowed = this.#allowed;
    return copy;
  }

  #reset(): void {
    this.#prevents = false;
    this.#allowed = [];
  }
}
