import type { IpcHub } from '@proc/ipc';
import { DEFAULT_MAX_FRAME } from '@proc/ipc/internal';
import type { Redis } from 'ioredis';
import { STREAM_LEASES } from '../leases/lease-times.js';
import { Link, type LinkEnding } from '../links/link.js';
import type { Keys } from '../redis/keys.js';
import { StreamWriter } from '../streams/stream-writer.js';
import { entryOf, type Entry } from '../wire/entry.js';
import { readHello, refused, welcome } from '../wire/greeting.js';
import { decodePackets, encodePacket, type Packet } from '../wire/packets.js';
import type { Seal } from '../wire/seal.js';

/** Who takes others in, and where. */
export interface Host {
  readonly hub: IpcHub;
  readonly redis: Redis;
  readonly keys: Keys;
  readonly seal: Seal;
  /** Key of the stream that others write to. */
  readonly key: string;
  /** In milliseconds. */
  readonly lease: number;
  readonly mayAct: () => boolean;
}

/** That much may wait for somebody who does not read. */
const MOST_BACKLOG = 16 * DEFAULT_MAX_FRAME;

/** The links of a hub: lets in who knows the token, and ends those whose lease has ended. */
export class Guests {
  readonly #host: Host;
  readonly #links = new Map<string, Link>();
  readonly #leaving = new Set<Promise<unknown>>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Something has come for the hub. */
  receive(fields: readonly Buffer[]): void {
    const found = entryOf(fields);
    if (found === undefined) return;
    const { entry, mark } = found;
    const { seal, key } = this.#host;
    const isSealed = seal.isOf(key, entry, mark);
    const link = this.#links.get(entry.link);
    // One that has been lost, and does not know it yet, hears of that by its lease.
    if (link === undefined && entry.number === 1) this.#greet(entry, isSealed);
    else if (isSealed) link?.receive(entry);
  }

  /** Ends the links whose leases have ended. @throws what Redis throws */
  async check(): Promise<void> {
    const { redis, keys } = this.#host;
    const links = [...this.#links];
    if (links.length === 0) return;
    const leases = await redis.mget(links.map(([id]) => keys.lease(id)));
    for (const [index, [, link]] of links.entries()) {
      if (leases[index] === null) link.lose('its lease has ended');
    }
  }

  /** Ends all. Resolves when they have been told. */
  async end(reason: string): Promise<void> {
    for (const link of [...this.#links.values()]) link.lose(reason);
    await Promise.all(this.#leaving);
  }

  #greet({ link: id, packets }: Entry, isSealed: boolean): void {
    const { hub, redis, keys, seal, lease, mayAct } = this.#host;
    const hello = first(packets);
    if (hello?.kind !== 'hello') return;
    const maxFrame = readHello(hello.body);
    const writer: StreamWriter = new StreamWriter({
      redis,
      key: keys.linkStream(id),
      link: id,
      seal,
      patience: lease,
      onLost: (cause) => {
        this.#links.get(id)?.lose('it can not be written to', cause);
      },
    });
    if (!isSealed || maxFrame === undefined) {
      writer.write(refused(isSealed ? 'it speaks another protocol' : 'the token is wrong'));
      return;
    }
    const link = new Link(
      {
        writer,
        maxFrame,
        mayAct,
        mostBacklog: MOST_BACKLOG,
        accept: (port, name) => {
          hub.connect(port, { name });
        },
        onEnd: (ending) => {
          this.#links.delete(id);
          this.#takeLeave(id, writer, ending);
        },
      },
      1,
    );
    this.#links.set(id, link);
    writer.acknowledge(1, packets.length);
    writer.write(welcome());
  }

  #takeLeave(id: string, writer: StreamWriter, ending: LinkEnding): void {
    const { redis, keys, lease } = this.#host;
    const leaving = async (): Promise<void> => {
      if (ending !== 'bye') writer.finish(encodePacket('bye'));
      await writer.settled();
      writer.stop();
      // Should it still be there, it finds its lease gone; what has been written to it can be read for a while.
      await redis.del(keys.lease(id));
      if (ending === 'bye') await redis.del(keys.linkStream(id));
      else await redis.pexpire(keys.linkStream(id), lease * STREAM_LEASES);
    };
    const left = leaving().catch(() => undefined);
    this.#leaving.add(left);
    void left.finally(() => this.#leaving.delete(left));
  }
}

/** The first packet of somebody who is not known yet. */
function first(packets: Buffer): Packet | undefined {
  try {
    for (const packet of decodePackets(packets)) return packet;
  } catch {
    // It is none of ours.
  }
  return undefined;
}
