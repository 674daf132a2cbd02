import type { IpcHub } from '@proc/ipc';
import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys.js';

/** So many fencing tokens are set aside at once. */
const BLOCK = 2 ** 26;

/** Sets fencing tokens aside for a hub, so that those of the hub after it are larger, however this one ends. */
export class TokenSupply {
  constructor(
    private readonly hub: IpcHub,
    private readonly redis: Redis,
    private readonly keys: Keys,
  ) {}

  /** Has the hub give no token that one before it may have given. Only for who has the lease. */
  async begin(): Promise<void> {
    const reserved = Number((await this.redis.get(this.keys.tokens)) ?? 0);
    // This hub may have given some to others, before it came to Redis.
    const start = Math.max(reserved, this.hub.lastToken);
    const end = await this.redis.incrby(this.keys.tokens, start - reserved + BLOCK);
    this.hub.raiseTokens(end - BLOCK);
  }

  /** Sets more aside, long before those that there are have been given, and again what Redis has dropped. */
  async refill(): Promise<void> {
    const kept = Number((await this.redis.get(this.keys.tokens)) ?? 0);
    const missing = this.hub.lastToken + BLOCK - kept;
    if (missing < BLOCK / 2) return;
    await this.redis.incrby(this.keys.tokens, missing);
  }
}
