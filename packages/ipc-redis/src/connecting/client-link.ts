import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { realTime } from '@proc/core/internal';
import { LinkLostError } from '../errors/link-lost-error.js';
import { intervalOf, SILENCE, STREAM_LEASES } from '../leases/lease-times.js';
import { LocalLease } from '../leases/local-lease.js';
import { Link, type LinkEnding } from '../links/link.js';
import type { LinkPort } from '../links/link-port.js';
import type { ResolvedRedisOptions } from '../options/resolve-redis-options.js';
import { Keys } from '../redis/keys.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { requireTrimming } from '../redis/require-trimming.js';
import { soon } from '../redis/soon.js';
import { StreamReader } from '../streams/stream-reader.js';
import { StreamWriter } from '../streams/stream-writer.js';
import { encodePacket } from '../wire/packets.js';
import { Seal } from '../wire/seal.js';
import { greet } from './greet.js';

/** Who connects. */
export interface ClientLinkOptions extends ResolvedRedisOptions {
  readonly name: string | undefined;
}

/** A client's end of a link: its keys in Redis, its lease, and the hub that it belongs to. */
export class ClientLink {
  /** Resolves when it has ended. Never rejects. */
  readonly ended: Promise<LinkEnding>;
  readonly #options: ClientLinkOptions;
  readonly #id = randomUUID();
  readonly #keys: Keys;
  readonly #connections: RedisConnections;
  readonly #lease: LocalLease;
  #markEnded!: (ending: LinkEnding) => void;
  #hub = '';
  #reader: StreamReader | undefined;
  #writer: StreamWriter | undefined;
  #link: Link | undefined;
  #renewing: NodeJS.Timeout | undefined;
  #isRenewing = false;
  #trouble: unknown;
  #keepers = 0;
  /** Set when it ends: resolves when nothing of it is left in Redis. */
  #left: Promise<void> | undefined;

  constructor(options: ClientLinkOptions) {
    this.#options = options;
    this.#keys = new Keys(options.namespace);
    this.#connections = new RedisConnections(options.redis);
    this.#lease = new LocalLease((reason) => {
      this.#lose(reason, this.#trouble);
    });
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
  }

  /** @throws Error that says why there is no hub to be had, and what Redis or its client throw */
  async open(): Promise<void> {
    const { namespace, token, lease } = this.#options;
    await this.#connections.open();
    const { commands } = this.#connections;
    const hub = await commands.get(this.#keys.hub);
    if (hub === null) throw new Error(`there is no hub in the namespace "${namespace}"`);
    this.#hub = hub;
    const key = this.#keys.linkStream(this.#id);
    // Where it is given up meanwhile, nobody would end what is begun after that.
    if (this.#left === undefined) await this.#begin();
    if (this.#left !== undefined) return;
    this.#renewing = realTime.setInterval(() => void this.#renew(), intervalOf(lease)).unref();
    const seal = new Seal(token);
    const writer = new StreamWriter({
      redis: commands,
      key: this.#keys.hubStream(hub),
      link: this.#id,
      seal,
      patience: lease,
      onLost: (cause) => {
        const refusal = (cause as Error | undefined)?.message.replace(/\.$/, '');
        this.#lose(refusal === undefined ? 'the hub is gone' : `Redis says: ${refusal}`, cause);
      },
    });
    this.#writer = writer;
    const target = { connections: this.#connections, key, patience: intervalOf(lease) };
    const { reader, welcome } = greet(writer, seal, target, (maxFrame) => {
      this.#link = new Link(
        {
          writer,
          maxFrame,
          mayAct: () => !this.#lease.isOver,
          keepAlive: (alive) => {
            this.#keepAlive(alive);
          },
          onEnd: (ending) => {
            this.#end(ending);
          },
        },
        1,
      );
      return this.#link;
    });
    this.#reader = reader;
    await Promise.race([welcome, this.ended.then(refuse)]);
    this.#connections.keepAlive(this.#keepers > 0);
  }

  /** A session; its port is closed already when the link has ended. */
  session(name: string | undefined): LinkPort {
    if (this.#link === undefined) throw new Error('It has not been opened.');
    return this.#link.open(name);
  }

  /** Says good-bye: what is held over it is released at once. Idempotent. Never rejects. */
  async close(): Promise<void> {
    this.#connections.keepAlive(true);
    if (this.#link?.isOver === false) this.#writer?.write(encodePacket('bye'));
    this.#end('bye');
    this.#link?.end('bye');
    await this.#left;
  }

  #keepAlive(alive: boolean): void {
    this.#keepers += alive ? 1 : -1;
    this.#connections.keepAlive(this.#keepers > 0);
  }

  async #begin(): Promise<void> {
    const { lease, name } = this.#options;
    const { commands } = this.#connections;
    const askedAt = realTime.now();
    const key = this.#keys.linkStream(this.#id);
    const owner = JSON.stringify({ name, pid: process.pid, host: hostname() });
    await Promise.all([
      commands.set(this.#keys.lease(this.#id), owner, 'PX', lease),
      commands.xadd(key, '*', 'begin', ''),
      requireTrimming(commands, key),
      commands.pexpire(key, lease * STREAM_LEASES),
    ]);
    this.#lease.extend(askedAt, lease);
  }

  async #renew(): Promise<void> {
    const { lease } = this.#options;
    this.#connections.breakSilent(lease * SILENCE);
    if (this.#isRenewing || this.#left !== undefined) return;
    this.#isRenewing = true;
    const { commands } = this.#connections;
    const askedAt = realTime.now();
    try {
      const [rest, hub, exists] = await Promise.all([
        // In this order: an id that is still there after it was also there before.
        commands.pttl(this.#keys.hub),
        commands.get(this.#keys.hub),
        commands.pexpire(this.#keys.lease(this.#id), lease),
        commands.pexpire(this.#keys.linkStream(this.#id), lease * STREAM_LEASES),
      ]);
      this.#connections.markAnswer(commands);
      this.#trouble = undefined;
      if (hub !== this.#hub) this.#lose('the hub is gone');
      else if (exists === 0) this.#lose('its lease has ended');
      else this.#lease.extend(askedAt, Math.min(lease, rest));
    } catch (cause) {
      // Redis may be busy, or about to be another one: there is time until the lease ends.
      this.#trouble = cause;
    } finally {
      this.#isRenewing = false;
    }
  }

  #lose(reason: string, cause?: unknown): void {
    this.#end(new LinkLostError(`The connection over Redis is lost: ${reason}.`, { cause }));
  }

  #end(ending: LinkEnding): void {
    if (this.#left !== undefined) return;
    if (ending !== 'bye') this.#writer?.stop();
    this.#left = this.#leave();
    this.#markEnded(ending);
    this.#link?.end(ending);
  }

  async #leave(): Promise<void> {
    realTime.clearInterval(this.#renewing);
    this.#lease.stop();
    this.#reader?.stop();
    // Before that there is nothing to be said, and what there is in Redis goes by itself.
    if (this.#writer !== undefined) await soon(this.#tidy(this.#writer));
    this.#connections.close();
  }

  async #tidy(writer: StreamWriter): Promise<void> {
    await writer.settled();
    const keys = [this.#keys.lease(this.#id), this.#keys.linkStream(this.#id)];
    await this.#connections.commands.del(keys);
  }
}

function refuse(ending: LinkEnding): never {
  throw ending === 'bye' ? new Error('it has been closed') : ending;
}
