import { it } from '@jest/globals';
import { FakeRedis } from './fake-redis/fake-redis.js';
import { hasRealRedis, startRealRedis } from './real-redis.js';

/** A server that tests have to themselves. */
export interface RedisServer {
  /** Of its socket. */
  readonly path: string;
  /** Breaks all connections; new ones can be made. */
  cut(): Promise<void>;
  /** Ends, and begins again with what it had. */
  restart(): Promise<void>;
  /** Loses all that it has. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** The stand-in, and Redis itself where there is one. */
export const servers: readonly (readonly [name: string, start: () => Promise<RedisServer>])[] = [
  ['a stand-in for Redis', () => FakeRedis.start()],
  ...(hasRealRedis ? [['Redis', startRealRedis] as const] : []),
];

/** Says so where tests do not run against Redis itself. */
export function sayWhatIsMissing(): void {
  if (hasRealRedis) return;
  it.skip('is not tried with Redis: there is no redis-server on the PATH', () => undefined);
}
