import { ConfigurationError, type Duration, InvalidArgumentError } from '@proc/core';
import { parseDuration, readObject, showValue } from '@proc/core/internal';
import {
  REDIS_OPTIONS,
  resolveRedisOptions,
  type RedisOptions,
} from '../options/resolve-redis-options.js';

/** What `process.ipc.redis` of the configuration holds. */
export interface IpcRedisConfig extends RedisOptions {
  /**
   * `'client'`, the default: the application is connected to a hub elsewhere, and so are its workers. `'hub'`: its own
   * hub is that of the namespace.
   */
  readonly role?: 'client' | 'hub' | undefined;
  /** Of a client, for statistics and messages; default: `'application'`. */
  readonly name?: string | undefined;
  /** Of a client: until the hub has answered; default: 5 seconds. */
  readonly timeout?: Duration | undefined;
  /** Of a hub: the application waits while there is another one. Default: it does not boot. */
  readonly wait?: boolean | undefined;
}

const KNOWN: readonly (keyof IpcRedisConfig)[] = [
  ...REDIS_OPTIONS,
  'role',
  'name',
  'timeout',
  'wait',
];

/** Checks a configuration. @throws {@link ConfigurationError} that names what is wrong */
export function resolveRedisConfig(given: IpcRedisConfig | undefined): IpcRedisConfig {
  try {
    if (given === undefined) throw new InvalidArgumentError('It is missing.');
    const config = readObject(given, 'It is', KNOWN);
    const { role = 'client', timeout = '5s' } = config;
    if (!['client', 'hub'].includes(role)) {
      throw new InvalidArgumentError(`role is 'client' or 'hub', not ${showValue(role)}.`);
    }
    resolveRedisOptions(config);
    parseDuration(timeout, 'timeout');
    return { ...config, role };
  } catch (cause) {
    if (!InvalidArgumentError.is(cause)) throw cause;
    throw new ConfigurationError(`process.ipc.redis: ${cause.message}`, { cause });
  }
}
