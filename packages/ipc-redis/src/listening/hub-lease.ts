import { randomUUID } from 'node:crypto';
import { realPause } from '@proc/core/internal';
import type { Redis } from 'ioredis';
import { intervalOf } from '../leases/lease-times.js';
import type { Keys } from '../redis/keys.js';

/** The lease by which there is one hub in a namespace: a key that whoever has the hub renews. */
export class HubLease {
  /** Of the hub; never used again. */
  readonly id = randomUUID();

  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
    private readonly ms: number,
  ) {}

  /** @returns whether there was no other hub */
  async claim(): Promise<boolean> {
    const { hub } = this.keys;
    if ((await this.redis.set(hub, this.id, 'PX', this.ms, 'NX')) !== null) return true;
    // A connection may have broken before the answer came, and the question was asked twice.
    return (await this.redis.get(hub)) === this.id;
  }

  /** Claims it as soon as there is no other hub. @throws the signal's reason */
  async claimLater(signal: AbortSignal | undefined): Promise<void> {
    while (!(await this.claim())) {
      const rest = await this.redis.pttl(this.keys.hub);
      const pause = Math.min(Math.max(rest, 1), intervalOf(this.ms));
      await realPause(pause, signal);
    }
  }

  /** @returns whether it was still there, and has not been somebody else's since */
  async renew(): Promise<boolean> {
    const [, owner] = await Promise.all([
      this.redis.pexpire(this.keys.hub, this.ms),
      this.redis.get(this.keys.hub),
    ]);
    return owner === this.id;
  }

  /** Lets the next one have it at once. Leaves alone what is somebody else's by now. */
  async release(): Promise<void> {
    await this.redis.watch(this.keys.hub);
    if ((await this.redis.get(this.keys.hub)) !== this.id) return;
    await this.redis.multi().del(this.keys.hub).exec();
  }
}
