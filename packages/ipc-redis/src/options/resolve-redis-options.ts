import { InvalidArgumentError, type Duration } from '@proc/core';
import { formatDuration, parseDuration, showValue } from '@proc/core/internal';
import type { RedisSource } from '../redis/redis-connections.js';

/** Which Redis, and what in it. */
export interface RedisOptions {
  /** A URL, options of ioredis, or a connection of ioredis, by whose options further ones are made. */
  readonly redis: RedisSource;
  /** Tells several hubs in one Redis apart; default: `'default'`. */
  readonly namespace?: string | undefined;
  /**
   * Known to the hub and to all who connect: entries are signed with it, and others are not heard. Default: everybody
   * who can write to this Redis can connect.
   */
  readonly token?: string | undefined;
  /**
   * How long it counts as there without being heard of, at least 100 milliseconds; default: 10 seconds. It is renewed
   * four times in that.
   */
  readonly lease?: Duration | undefined;
}

/** Checked, with every default. */
export interface ResolvedRedisOptions {
  readonly redis: RedisSource;
  readonly namespace: string;
  readonly token: string | undefined;
  readonly lease: number;
}

export const REDIS_OPTIONS: readonly (keyof RedisOptions)[] = [
  'redis',
  'namespace',
  'token',
  'lease',
];

const SHORTEST_LEASE = 100;

/** @throws {@link InvalidArgumentError} for what can not be, before anything is opened */
export function resolveRedisOptions(given: RedisOptions): ResolvedRedisOptions {
  const { redis, namespace = 'default', token } = given;
  const isSource = typeof redis === 'string' ? redis !== '' : isObject(redis);
  if (!isSource) {
    throw new InvalidArgumentError(
      `redis is a URL, options or a connection of ioredis, not ${showValue(redis)}.`,
    );
  }
  if (typeof redis === 'string') requireAddress(redis);
  else requireOneServer(redis);
  requireText('namespace', namespace);
  // It is shown in messages as it is.
  if (/[{}\p{Cc}\p{Zl}\p{Zp}]/u.test(namespace)) {
    throw new InvalidArgumentError(
      `A namespace has no braces, control characters or line breaks, as in ${showValue(namespace)}.`,
    );
  }
  if (token !== undefined) requireText('token', token);
  return { redis, namespace, token, lease: leaseOf(given.lease ?? '10s') };
}

function leaseOf(given: Duration): number {
  const lease = parseDuration(given, 'lease');
  if (lease >= SHORTEST_LEASE && Number.isFinite(lease)) return Math.round(lease);
  throw new InvalidArgumentError(
    `The lease is at least ${formatDuration(SHORTEST_LEASE)}; got ${showValue(given)}.`,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function requireText(name: string, text: unknown): void {
  if (typeof text === 'string' && text !== '') return;
  throw new InvalidArgumentError(`${name} is a text that is not empty, not ${showValue(text)}.`);
}

/** A connection to a cluster is one to many servers, and can not be made again as one to one of them. */
function requireOneServer(redis: object): void {
  const isCluster = (redis as { readonly isCluster?: unknown }).isCluster === true;
  if (!isCluster && !Array.isArray(redis)) return;
  throw new InvalidArgumentError(
    'redis is a cluster of ioredis, or a list: Redis Cluster is not supported, give one server.',
  );
}

/** Of what ioredis takes: URLs of Redis, and `host:port`, a port, or the path of a socket. */
function requireAddress(text: string): void {
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  const isRedis = scheme === undefined || scheme === 'redis' || scheme === 'rediss';
  // It is not shown: there may be a password in it.
  if (!isRedis)
    throw new InvalidArgumentError('redis is a URL of another kind than redis: or rediss:.');
  if (scheme === undefined ? !/\s/.test(text) : URL.canParse(text)) return;
  throw new InvalidArgumentError('redis is a text that is no URL.');
}
