import type { ProcessResult } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import { DESCRIBED, describeFailure } from './describe-failure.js';

/** What stays of results that are not collected. */
export class ResultSummary {
  readonly #failedKeys: PoolKey[] = [];
  readonly #described: string[] = [];
  #successCount = 0;

  get successCount(): number {
    return this.#successCount;
  }

  /** In the order of completion. */
  get failedKeys(): readonly PoolKey[] {
    return this.#failedKeys;
  }

  /** The first ones, as {@link describeFailure} does. */
  get described(): readonly string[] {
    return this.#described;
  }

  /** Takes what stays of one more result. */
  add(key: PoolKey, result: ProcessResult): void {
    if (result.successful()) {
      this.#successCount += 1;
      return;
    }
    this.#failedKeys.push(key);
    if (this.#described.length < DESCRIBED) this.#described.push(describeFailure(key, result));
  }
}
