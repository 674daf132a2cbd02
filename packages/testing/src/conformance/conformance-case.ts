import type { DriverCapabilities } from '@proc/core';
import type { ConformanceContext } from './conformance-context.js';

/** What a case needs to make sense. */
export interface ConformanceNeeds {
  /** Only for drivers that declare all of these. */
  readonly requires?: readonly (keyof DriverCapabilities)[];
  /** Only for drivers that declare none of these. */
  readonly excludes?: readonly (keyof DriverCapabilities)[];
  /** Only where there are POSIX signals and file modes. */
  readonly posix?: boolean;
  /** Only where a process can see in `/proc` what it has open. */
  readonly procfs?: boolean;
}

/** One thing that every driver has to do. */
export interface ConformanceCase extends ConformanceNeeds {
  /** Stable; states the behaviour. */
  readonly name: string;
  readonly group: string;
  /** How many times the longest time of a case it may take; default 1. */
  readonly patience?: number;
  /** Rejects with an `AssertionError` when the driver does not behave. */
  run(context: ConformanceContext): Promise<void>;
}

/** The cases of one group. */
export function group(
  name: string,
  cases: readonly Omit<ConformanceCase, 'group'>[],
): readonly ConformanceCase[] {
  return cases.map((each) => ({ ...each, group: name }));
}

/** Why a case is left out for a driver; `undefined` when it is not. */
export function reasonToSkip(
  needs: ConformanceNeeds,
  capabilities: DriverCapabilities,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const missing = needs.requires?.find((capability) => !capabilities[capability]);
  if (missing !== undefined) return `the driver declares no ${missing}`;
  const present = needs.excludes?.find((capability) => capabilities[capability]);
  if (present !== undefined) return `the driver declares ${present}`;
  if (needs.posix === true && platform === 'win32') return 'Windows has no such thing';
  if (needs.procfs === true && platform !== 'linux')
    return 'only Linux lists the descriptors of a process in /proc';
  return undefined;
}
