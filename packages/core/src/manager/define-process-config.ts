import { didYouMean } from '../command/nearest.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ProcError } from '../errors/proc-error.js';
import { RETENTION_POLICIES, resolveRetention } from '../process/resolve-retention.js';
import { emptyDraft } from '../process/process-draft.js';
import { resolveDrain } from '../process/resolve-drain.js';
import { parseDuration } from '../time/parse-duration.js';
import type { ProcessConfig, ResolvedProcessConfig } from './process-config.js';

type Check = (value: unknown, path: string) => void;

const CHECKS: { readonly [Key in keyof Required<ProcessConfig>]: Check } = {
  default: nonEmptyString,
  timeout: duration,
  idleTimeout: duration,
  grace: requiredDuration,
  drain: section({ idle: requiredDuration, longest: requiredDuration }),
  env: section({ mode: oneOf('inherit', 'clean') }),
  output: section({ policy: oneOf(...RETENTION_POLICIES), limit: wholeNumber(0) }),
  orphans: oneOf('kill', 'leave'),
  shell: nonEmptyString,
  drivers: (value, path) => {
    for (const [name, driver] of Object.entries(object(value, path))) {
      const { driver: type } = object(driver, `${path}.${name}`);
      if (type !== undefined) nonEmptyString(type, `${path}.${name}.driver`);
    }
  },
  pool: section({ concurrency: either(wholeNumber(1), oneOf('cpus')) }),
  pipe: section({ mode: oneOf('sequential', 'streaming') }),
  workers: (value, path) => {
    object(value, path);
  },
};

/**
 * Checks a configuration of processes, and returns it.
 *
 * @throws {@link ConfigurationError} naming the path of what is wrong, and the nearest valid key
 */
export function defineProcessConfig(config: ProcessConfig): ProcessConfig {
  section(CHECKS)(config, 'process');
  return config;
}

/** Fills in the defaults. @throws {@link ConfigurationError} */
export function resolveProcessConfig(config: ProcessConfig = {}): ResolvedProcessConfig {
  defineProcessConfig(config);
  const limits = emptyDraft();
  const ms = (value: ProcessConfig['timeout']): number | null =>
    value == null ? null : parseDuration(value) || null;
  const given = config.output ?? {};
  const output = {
    ...(given.policy === undefined ? {} : { policy: given.policy }),
    ...(given.limit === undefined ? {} : { limit: given.limit }),
  };
  const { policy, limit } = resolveRetention(output, limits.stdout, 'output').spec;
  return {
    default: config.default ?? null,
    timeoutMs: ms(config.timeout),
    idleTimeoutMs: ms(config.idleTimeout),
    drain: resolveDrain(config.drain ?? {}, limits.drain),
    graceMs: config.grace === undefined ? limits.graceMs : parseDuration(config.grace),
    envMode: config.env?.mode ?? 'inherit',
    output: { policy, limit },
    orphans: config.orphans ?? 'kill',
    shell: config.shell ?? null,
    drivers: config.drivers ?? {},
    pool: { concurrency: config.pool?.concurrency ?? 'cpus' },
    pipe: { mode: config.pipe?.mode ?? 'sequential' },
  };
}

function section(checks: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    for (const [key, item] of Object.entries(object(value, path))) {
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
      if (check === undefined) {
        const known = Object.keys(checks);
        fail(`${path}.${key}`, `is not known.${didYouMean(key, known)} Known: ${known.join(', ')}`);
      } else if (item !== undefined) {
        check(item, `${path}.${key}`);
      }
    }
  };
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return fail(path, 'must be an object');
}

function duration(value: unknown, path: string): void {
  if (value === null) return;
  try {
    parseDuration(value as number);
  } catch (error) {
    fail(path, ProcError.is(error) ? error.message : 'must be a duration');
  }
}

function requiredDuration(value: unknown, path: string): void {
  if (value === null) fail(path, 'must be a duration');
  duration(value, path);
}

function nonEmptyString(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') fail(path, 'must be a non-empty string');
}

function oneOf(...choices: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && choices.includes(value)) return;
    fail(path, `must be one of ${choices.join(', ')}.${didYouMean(String(value), choices)}`);
  };
}

function wholeNumber(least: number): Check {
  return (value, path) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) {
      fail(path, `must be a whole number from ${least}`);
    }
  };
}

function either(first: Check, second: Check): Check {
  return (value, path) => {
    (typeof value === 'number' ? first : second)(value, path);
  };
}

function fail(path: string, problem: string): never {
  throw new ConfigurationError(`The configuration value ${path} ${problem.replace(/\.?$/, '.')}`);
}
