import type { IpcHub } from '@proc/ipc';
import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys.js';

/** So many fencing tokens are set aside at once. */
const BLOCK = 2 ** 26;
/** With no more than so many left none are given any more: others may be taken before anybody looks again. */
const LAST = BLOCK / 8;

/** Sets fencing tokens aside for a hub, so that those of the hub after it are larger, however this one ends. */
export class TokenSupply {
  /** Where those end that have been set aside. */
  #end = 0;

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
    this.#end = await this.redis.incrby(this.keys.tokens, start - reserved + BLOCK);
    this.hub.raiseTokens(this.#end - BLOCK);
  }

  /**
   * Sets more aside, long before those that there are have been given, and again what Redis has dropped. Where that is
   * refused, for want of room say, it is tried again next time, for as long as there are enough.
   *
   * @throws what Redis throws, when the hub is about to have none left
   */
  async refill(): Promise<void> {
    const { hub, redis, keys } = this;
    const kept = Number((await redis.get(keys.tokens)) ?? 0);
    const missing = hub.lastToken + BLOCK - kept;
    if (missing < BLOCK / 2) return;
    try {
      this.#end = await redis.incrby(keys.tokens, missing);
    } catch (error) {
      if (this.#end - hub.lastToken <= LAST) throw error;
    }
  }
}
