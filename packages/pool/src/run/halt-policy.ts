import { InvalidArgumentError } from '@proc/core';
import type { HaltOptions } from '../contracts/pool-options.js';

/** Below this many failures, a share of an unknown number of entries means nothing yet. */
const FEWEST_FOR_SHARE = 3;

/** The numbers that a policy judges. */
export interface HaltCounts {
  readonly failed: number;
  readonly ended: number;
  /** `null` while it is not known. */
  readonly total: number | null;
}

/** Decides when failures end a pool. */
export class HaltPolicy {
  readonly when: HaltOptions['when'];
  readonly #limit: number;
  readonly #isShare: boolean;

  /** @throws {@link InvalidArgumentError} when it can not work */
  constructor(options: HaltOptions) {
    const when: unknown = options.when;
    if (when !== 'now' && when !== 'soon') {
      throw new InvalidArgumentError(`halt.when must be "now" or "soon"; got ${String(when)}.`);
    }
    this.when = options.when;
    const { fail } = options;
    this.#isShare = typeof fail === 'string';
    this.#limit = typeof fail === 'string' ? parseShare(fail) : parseCount(fail);
  }

  isDue({ failed, ended, total }: HaltCounts): boolean {
    if (!this.#isShare) return failed >= this.#limit;
    if (total === null && failed < FEWEST_FOR_SHARE) return false;
    return failed > 0 && (failed / (total ?? ended)) * 100 >= this.#limit;
  }
}

function parseCount(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw new InvalidArgumentError(
    `halt.fail must be a whole number from 1, or a share such as "10%"; got ${String(value)}.`,
  );
}

function parseShare(value: string): number {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(value)?.[1];
  const percent = Number(share);
  if (share !== undefined && percent > 0 && percent <= 100) return percent;
  throw new InvalidArgumentError(
    `halt.fail must be a share above 0% and up to 100%, or a whole number from 1; got "${value}".`,
  );
}
