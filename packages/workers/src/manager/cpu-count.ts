import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { cgroupQuota, type ReadText } from './cgroup-quota.js';

/** How many workers are worth having, and why so many. */
export interface CpuCount {
  readonly count: number;
  /** What decided: the variable `PROC_WORKERS`, a quota of the control group, or the processors that there are. */
  readonly reason: 'PROC_WORKERS' | 'cgroup' | 'processors';
}

/** What the count is made from. */
export interface CpuSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly available: () => number;
  readonly readText: ReadText;
}

const SYSTEM: CpuSources = {
  environment: process.env,
  platform: process.platform,
  available: availableParallelism,
  readText: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
};

/**
 * The processors that this program may use: those that the system lets it run on, no more than the quota of its
 * control group (a share of one counts as one), at least 1. `PROC_WORKERS` in the environment overrides it.
 *
 * @throws {@link InvalidArgumentError} when `PROC_WORKERS` is no whole number above 0
 */
export function cpuCount(): CpuCount {
  return cpuCountOf(SYSTEM);
}

/** The same of a system that a test describes. */
export function cpuCountOf(sources: CpuSources): CpuCount {
  const override = sources.environment['PROC_WORKERS']?.trim();
  if (override !== undefined && override !== '') {
    if (!/^[1-9]\d{0,4}$/.test(override)) {
      throw new InvalidArgumentError(
        `PROC_WORKERS must be a whole number from 1 to 99999; it is ${showValue(override)}.`,
      );
    }
    return { count: Number(override), reason: 'PROC_WORKERS' };
  }
  const processors = Math.max(1, sources.available());
  // Node asks the system, which knows nothing of a quota.
  const quota = sources.platform === 'linux' ? cgroupQuota(sources.readText) : undefined;
  return quota !== undefined && quota < processors
    ? { count: Math.max(1, Math.ceil(quota)), reason: 'cgroup' }
    : { count: processors, reason: 'processors' };
}
