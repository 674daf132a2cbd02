import { InvalidArgumentError } from '@proc/core';
import { parseShare, readObject, showValue } from '@proc/core/internal';
import type { HaltOptions } from '../contracts/halt-options.js';

/** Below this many, a share of an unknown number of entries means nothing yet. */
const FEWEST_FOR_SHARE = 3;

const OUTCOMES = ['fail', 'success', 'done'] as const;

/** The numbers that a policy judges. */
export interface HaltCounts {
  readonly failed: number;
  readonly ended: number;
  /** `null` while it is not known. */
  readonly total: number | null;
}

/** Decides when the outcomes of entries end a pool. */
export class HaltPolicy {
  readonly when: HaltOptions['when'];
  readonly #outcome: (typeof OUTCOMES)[number];
  readonly #limit: number;
  readonly #isShare: boolean;

  /** @throws {@link InvalidArgumentError} when it can not work */
  constructor(options: HaltOptions) {
    const given = readObject(options, 'halt is given as', ['when', ...OUTCOMES]);
    const when: unknown = given.when;
    if (when !== 'now' && when !== 'soon') {
      throw new InvalidArgumentError(`halt.when must be "now" or "soon"; got ${showValue(when)}.`);
    }
    this.when = when;
    this.#outcome = outcomeOf(given);
    const limit: unknown = given[this.#outcome];
    const share = parseShare(limit);
    this.#isShare = share !== undefined;
    this.#limit = share ?? parseCount(limit, this.#outcome);
  }

  isDue(counts: HaltCounts): boolean {
    const { ended, total } = counts;
    const reached = this.#reached(counts);
    if (!this.#isShare) return reached >= this.#limit;
    if (total === null && (reached < FEWEST_FOR_SHARE || this.#outcome === 'done')) return false;
    return reached > 0 && (reached / (total ?? ended)) * 100 >= this.#limit;
  }

  #reached({ failed, ended }: HaltCounts): number {
    if (this.#outcome === 'done') return ended;
    return this.#outcome === 'fail' ? failed : ended - failed;
  }
}

function outcomeOf(options: HaltOptions): (typeof OUTCOMES)[number] {
  const [given, ...more] = OUTCOMES.filter((name) => options[name] !== undefined);
  if (given !== undefined && more.length === 0) return given;
  throw new InvalidArgumentError('halt must say one of fail, success and done.');
}

function parseCount(value: unknown, outcome: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw new InvalidArgumentError(
    `halt.${outcome} must be a whole number from 1, or a share above 0% and up to 100%, such as "10%"; got ${showValue(value)}.`,
  );
}
