import { didYouMean } from '../command/nearest.js';
import { unpassable } from '../command/unpassable.js';
import { shorten } from '../diagnostics/show-value.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ProcError } from '../errors/proc-error.js';
import { probe } from '../kernel/probe.js';
import { readObject } from '../kernel/read-object.js';
import { RETENTION_POLICIES, resolveRetention } from '../process/resolve-retention.js';
import { emptyDraft } from '../process/process-draft.js';
import { resolveDrain } from '../process/resolve-drain.js';
import { parseDuration } from '../measures/parse-duration.js';
import { parseShare } from '../measures/parse-share.js';
import { parseSize } from '../measures/parse-size.js';
import type { ProcessConfig, ResolvedProcessConfig } from './process-config.js';

/** Refuses a bad value; gives a good one, read once. */
interface Check {
  (value: unknown, path: string): unknown;
  /** Of a section: the keys that it may have. */
  readonly keys?: readonly string[];
}

const duration = measure('duration', parseDuration);

const CHECKS: { readonly [Key in keyof Required<ProcessConfig>]: Check } = {
  default: nonEmptyString,
  timeout: nullOr(duration),
  idleTimeout: nullOr(duration),
  grace: duration,
  drain: section({ idle: duration, longest: duration }),
  env: section({ mode: oneOf('inherit', 'clean') }),
  output: section({ policy: oneOf(...RETENTION_POLICIES), limit: measure('size', parseSize) }),
  orphans: oneOf('kill', 'leave'),
  shell: program,
  drivers: (value, path) => {
    const drivers = object(value, path);
    for (const name of Object.keys(drivers)) {
      const place = `${path}.${shorten(name)}`;
      const driver = object(drivers[name], place);
      if (driver['driver'] !== undefined) nonEmptyString(driver['driver'], `${place}.driver`);
      drivers[name] = driver;
    }
    return drivers;
  },
  pool: section({
    concurrency: either(wholeNumber(1), oneOf('cpus')),
    minFreeMemory: shareOr(measure('size', parseSize), 100),
    maxLoad: shareOr(positive, Number.POSITIVE_INFINITY),
    minFreeDescriptors: wholeNumber(0),
  }),
  pipe: section({ mode: oneOf('sequential', 'streaming') }),
  workers: object,
  ipc: object,
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

/** What these take is a text or a number, right or wrong: to others such a key may be a section. */
const PLAIN: Partial<Record<keyof ProcessConfig, readonly string[]>> = {
  default: ['string'],
  timeout: ['string', 'number'],
  idleTimeout: ['string', 'number'],
  grace: ['string', 'number'],
  orphans: ['string'],
  shell: ['string'],
};

/**
 * Whether a key and its value are meant for a configuration of processes: what could stand there, and what could if
 * it were not for a value of the right kind that is wrong.
 */
export function isProcessValue(key: string, value: unknown): boolean {
  const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof ProcessConfig] : undefined;
  if (check === undefined || value === undefined) return false;
  return (
    probe(() => [check(value, '')]) !== undefined ||
    PLAIN[key as keyof ProcessConfig]?.includes(typeof value) === true ||
    hasOnly(value, check.keys)
  );
}

/** Whether a value is meant to be a configuration of processes, in the same sense. */
export function isProcessConfig(value: unknown): boolean {
  return (
    probe(() => defineProcessConfig(value as ProcessConfig)) !== undefined ||
    hasOnly(value, Object.keys(CHECKS))
  );
}

function hasOnly(value: unknown, keys: readonly string[] = []): boolean {
  const own = probe(() => Object.keys(object(value, '')));
  return own !== undefined && own.length > 0 && own.every((key) => keys.includes(key));
}

/** Fills in the defaults. @throws {@link ConfigurationError} */
export function resolveProcessConfig(given: ProcessConfig = {}): ResolvedProcessConfig {
  const config = section(CHECKS)(given, 'process') as ProcessConfig;
  const limits = emptyDraft();
  const ms = (value: ProcessConfig['timeout']): number | null =>
    value == null ? null : parseDuration(value) || null;
  const wanted = config.output ?? {};
  const output = {
    ...(wanted.policy === undefined ? {} : { policy: wanted.policy }),
    ...(wanted.limit === undefined ? {} : { limit: wanted.limit }),
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
  const check = (value: unknown, path: string): unknown => {
    const own = object(value, path);
    for (const [key, item] of Object.entries(own)) {
      const place = `${path}.${shorten(key)}`;
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
      if (check === undefined) {
        const known = Object.keys(checks);
        fail(place, `is not known.${didYouMean(key, known)} Known: ${known.join(', ')}`);
      } else if (item !== undefined) {
        own[key] = check(item, place);
      }
    }
    return own;
  };
  return Object.assign(check, { keys: Object.keys(checks) });
}

function object(value: unknown, path: string): Record<string, unknown> {
  try {
    return readObject(value as Record<string, unknown>, 'It is given as');
  } catch {
    return fail(path, 'must be an object');
  }
}

/** What a parser of measures takes; its message goes on behind the path. */
function measure(name: string, parse: (value: number, name: string) => number): Check {
  return (value, path) => {
    try {
      return parse(value as number, name);
    } catch (error) {
      const message = ProcError.is(error)
        ? error.message.replace(`The ${name} `, '')
        : `must be a ${name}`;
      return fail(path, message);
    }
  };
}

function nullOr(check: Check): Check {
  return (value, path) => (value === null ? null : check(value, path));
}

function nonEmptyString(value: unknown, path: string): string {
  return typeof value === 'string' && value !== ''
    ? value
    : fail(path, 'must be a non-empty string');
}

function program(value: unknown, path: string): string {
  const text = nonEmptyString(value, path);
  const problem = unpassable(text);
  return problem === undefined ? text : fail(path, `can not contain ${problem}`);
}

function oneOf(...choices: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && choices.includes(value)) return value;
    const hint = typeof value === 'string' ? didYouMean(value, choices) : '';
    return fail(path, `must be one of ${choices.join(', ')}.${hint}`);
  };
}

function wholeNumber(least: number): Check {
  return (value, path) => {
    if (Number.isSafeInteger(value) && (value as number) >= least) return value;
    return fail(path, `must be a whole number from ${least}`);
  };
}

function positive(value: unknown, path: string): number {
  if (typeof value === 'number' && value > 0) return value;
  return fail(path, 'must be a number above 0, or a share such as "150%"');
}

function shareOr(check: Check, most: number): Check {
  return (value, path) => (parseShare(value, most) === undefined ? check(value, path) : value);
}

function either(first: Check, second: Check): Check {
  return (value, path) => (typeof value === 'number' ? first : second)(value, path);
}

function fail(path: string, problem: string): never {
  throw new ConfigurationError(`The configuration value ${path} ${problem.replace(/\.?$/, '.')}`);
}
