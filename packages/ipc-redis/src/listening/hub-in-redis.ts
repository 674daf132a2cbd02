import { realTime } from '@proc/core/internal';
import { AddressError, type IpcHub } from '@proc/ipc';
import { LeaseLostError } from '../errors/lease-lost-error.js';
import { intervalOf, SILENCE, STREAM_LEASES } from '../leases/lease-times.js';
import { LocalLease } from '../leases/local-lease.js';
import type { ResolvedRedisOptions } from '../options/resolve-redis-options.js';
import { Keys } from '../redis/keys.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { requireTrimming } from '../redis/require-trimming.js';
import { soon } from '../redis/soon.js';
import { StreamReader } from '../streams/stream-reader.js';
import { Seal } from '../wire/seal.js';
import { Guests } from './guests.js';
import { HubLease } from './hub-lease.js';
import { TokenSupply } from './token-supply.js';

/** What a hub has in Redis while it listens there: its lease, its stream, its tokens, and the links to it. */
export class HubInRedis {
  readonly closed: Promise<LeaseLostError | undefined>;
  readonly #hub: IpcHub;
  readonly #options: ResolvedRedisOptions;
  readonly #keys: Keys;
  readonly #connections: RedisConnections;
  readonly #lease: HubLease;
  readonly #local: LocalLease;
  readonly #tokens: TokenSupply;
  readonly #guests: Guests;
  readonly #reader: StreamReader;
  #markClosed!: (error: LeaseLostError | undefined) => void;
  #renewing: NodeJS.Timeout | undefined;
  #isRenewing = false;
  #trouble: unknown;
  #left: Promise<void> | undefined;

  constructor(hub: IpcHub, options: ResolvedRedisOptions) {
    const { redis, namespace, token, lease } = options;
    this.#hub = hub;
    this.#options = options;
    this.#keys = new Keys(namespace);
    this.#connections = new RedisConnections(redis);
    const { commands } = this.#connections;
    this.#lease = new HubLease(commands, this.#keys, lease);
    this.#local = new LocalLease((reason) => {
      this.#lose(reason, this.#trouble);
    });
    this.#tokens = new TokenSupply(hub, commands, this.#keys);
    const key = this.#keys.hubStream(this.#lease.id);
    this.#guests = new Guests({
      hub,
      redis: commands,
      keys: this.#keys,
      seal: new Seal(token),
      key,
      lease,
      mayAct: () => !this.#local.isOver,
    });
    this.#reader = new StreamReader({
      connections: this.#connections,
      key,
      patience: intervalOf(lease),
      onEntry: (fields) => {
        this.#guests.receive(fields);
      },
      onFailure: (cause) => {
        this.#lose('Redis can not be read', cause);
      },
    });
    this.closed = new Promise((resolve) => {
      this.#markClosed = resolve;
    });
  }

  /** @throws {@link AddressError} when there is another hub, and what Redis or its client throw */
  async open(how: {
    readonly wait: boolean;
    readonly signal: AbortSignal | undefined;
  }): Promise<void> {
    const { lease, namespace } = this.#options;
    await this.#connections.open(how.signal);
    if (how.wait) await this.#lease.claimLater(how.signal);
    else if (!(await this.#lease.claim())) {
      throw new AddressError(`There is another hub in the namespace "${namespace}".`);
    }
    await this.#tokens.begin();
    const stream = this.#keys.hubStream(this.#lease.id);
    await this.#connections.commands.xadd(stream, '*', 'begin', '');
    await requireTrimming(this.#connections.commands, stream);
    await this.#renew();
    if (this.#trouble !== undefined) throw new Error('no lease', { cause: this.#trouble });
    if (this.#left !== undefined) throw (await this.closed) ?? new Error('it has been closed');
    this.#reader.start();
    this.#renewing = realTime.setInterval(() => void this.#renew(), intervalOf(lease));
  }

  /** Idempotent. Never rejects. */
  async close(): Promise<void> {
    this.#left ??= this.#leave('the hub listens no more', undefined);
    await this.#left;
  }

  async #renew(): Promise<void> {
    const { lease } = this.#options;
    this.#connections.breakSilent(lease * SILENCE);
    if (this.#isRenewing || this.#left !== undefined) return;
    this.#isRenewing = true;
    const askedAt = realTime.now();
    const { commands } = this.#connections;
    const stream = this.#keys.hubStream(this.#lease.id);
    try {
      const [isOurs, exists] = await Promise.all([
        this.#lease.renew(),
        commands.pexpire(stream, lease * STREAM_LEASES),
        this.#guests.check(),
        this.#tokens.refill(),
      ]);
      this.#connections.markAnswer(commands);
      if (!isOurs) this.#lose('its lease is gone');
      else if (exists === 0) this.#lose('what was sent to it is gone');
      else this.#extend(askedAt);
    } catch (cause) {
      // Redis may be busy, or about to be another one: there is time until the lease ends.
      this.#trouble = cause;
    } finally {
      this.#isRenewing = false;
    }
  }

  #extend(askedAt: number): void {
    this.#trouble = undefined;
    this.#local.extend(askedAt, this.#options.lease);
  }

  #lose(reason: string, cause?: unknown): void {
    if (this.#left !== undefined) return;
    const { namespace } = this.#options;
    const message = `The hub of the namespace "${namespace}" has been closed: ${reason}.`;
    this.#left = this.#leave('the hub is gone', new LeaseLostError(message, { cause }));
    void this.#hub.close();
  }

  async #leave(reason: string, error: LeaseLostError | undefined): Promise<void> {
    realTime.clearInterval(this.#renewing);
    this.#local.stop();
    this.#reader.stop();
    this.#markClosed(error);
    const told = this.#guests.end(reason);
    if (this.#connections.commands.status === 'ready') {
      await soon(this.#tidy(told, error === undefined));
    }
    this.#connections.close();
  }

  async #tidy(told: Promise<void>, isOurs: boolean): Promise<void> {
    await told;
    await this.#connections.commands.del(this.#keys.hubStream(this.#lease.id));
    // Last of all: the next hub begins when nothing of this one goes on.
    if (isOurs) await this.#lease.release();
  }
}
