import type { Launchable, OutputCallback, ProcessResult } from '@proc/core';
import type { CallSite, SecretTable } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';
import {
  PLAIN,
  type ResolvedDependency,
  type ResolvedScheduling,
} from '../entries/read-scheduling.js';

/** What a job is made of. */
export interface JobParts {
  readonly key: PoolKey;
  /** Position among all entries, from 0. */
  readonly index: number;
  readonly entry: Launchable;
  readonly scheduling?: ResolvedScheduling;
  /** Where it was asked for, unless together with the others. */
  readonly callSite?: CallSite;
}

/** Where the output of a job goes, the same for all its launches. */
export interface JobOutput {
  readonly secrets: SecretTable;
  readonly onOutput: OutputCallback | undefined;
}

/** An entry on its way through a scheduler. */
export class Job {
  readonly key: PoolKey;
  /** Position among all entries, from 0. */
  readonly index: number;
  readonly entry: Launchable;
  readonly priority: number;
  readonly weight: number;
  readonly after: readonly ResolvedDependency[];
  /** Where it was asked for, unless together with the others. */
  readonly callSite: CallSite | undefined;
  /** Known from the first launch on. */
  output: JobOutput | undefined;
  /** How it ended, while it waits to be launched again. */
  failure: ProcessResult | undefined;
  /** How many times it has been launched and has run. */
  launches = 0;
  /** How many attempts these were, those by its own retries included. */
  attempts = 0;

  constructor({ key, index, entry, scheduling = PLAIN, callSite }: JobParts) {
    this.key = key;
    this.index = index;
    this.entry = entry;
    this.priority = scheduling.priority;
    this.weight = scheduling.weight;
    this.after = scheduling.after;
    this.callSite = callSite;
  }
}
