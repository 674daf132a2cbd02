import { describe, expect, it } from '@jest/globals';
import { IpcHub } from '@proc/ipc';
import type { Redis } from 'ioredis';
import { TokenSupply } from '../../../src/listening/token-supply.js';
import { Keys } from '../../../src/redis/keys.js';

/** Numbers, and nothing else. */
class Numbers {
  readonly kept = new Map<string, number>();
  isFull = false;

  async get(key: string): Promise<string | null> {
    return this.kept.get(key)?.toString() ?? null;
  }

  async incrby(key: string, by: number): Promise<number> {
    if (this.isFull) throw new Error('OOM command not allowed');
    const sum = (this.kept.get(key) ?? 0) + by;
    this.kept.set(key, sum);
    return sum;
  }
}

describe('Tokens', () => {
  it('that Redis has dropped are set aside again while the hub is there', async () => {
    const redis = new Numbers();
    const keys = new Keys('n');
    const hub = new IpcHub();
    const supply = new TokenSupply(hub, redis as unknown as Redis, keys);
    await supply.begin();
    hub.raiseTokens(1000);
    redis.kept.clear();
    await supply.refill();
    const next = new IpcHub();
    await new TokenSupply(next, redis as unknown as Redis, keys).begin();

    expect(next.lastToken).toBeGreaterThan(1000);
  });

  it('are asked for seldom', async () => {
    const redis = new Numbers();
    const keys = new Keys('n');
    const supply = new TokenSupply(new IpcHub(), redis as unknown as Redis, keys);
    await supply.begin();
    const before = redis.kept.get(keys.tokens);
    await supply.refill();

    expect(redis.kept.get(keys.tokens)).toBe(before);
  });

  it('that there is no room for are asked for again, and end the hub only when it has none left', async () => {
    const redis = new Numbers();
    const keys = new Keys('n');
    const hub = new IpcHub();
    const supply = new TokenSupply(hub, redis as unknown as Redis, keys);
    await supply.begin();
    const end = redis.kept.get(keys.tokens) ?? 0;
    hub.raiseTokens(end / 2);
    redis.isFull = true;
    await supply.refill();
    redis.kept.clear();
    await supply.refill();
    hub.raiseTokens(end - 1);
    await expect(supply.refill()).rejects.toThrow('OOM');
    redis.isFull = false;
    await supply.refill();

    expect(redis.kept.get(keys.tokens)).toBeGreaterThan(end);
  });
});
