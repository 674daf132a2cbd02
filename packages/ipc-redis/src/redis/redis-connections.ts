import { realTime } from '@proc/core/internal';
import { Redis, type RedisOptions } from 'ioredis';

/**
 * Which Redis: a URL, options of ioredis, or a connection of ioredis, by whose options connections of our own are made.
 */
export type RedisSource = string | RedisOptions | Redis;

/** The longest that it waits before it tries to connect again, in milliseconds. */
const LONGEST_PAUSE = 500;

/**
 * Two connections to a Redis: one for commands, one for reads that wait. When they break they are made again, and what
 * was asked for over them is asked for again, until they are closed.
 */
export class RedisConnections {
  readonly commands: Redis;
  /** For reads that wait: whatever came after one would wait with it. */
  readonly reader: Redis;
  #opened = false;
  #alive = true;
  #failure: unknown;
  readonly #answers = new Map<Redis, number>();

  constructor(source: RedisSource) {
    this.commands = this.#make(source);
    this.reader = this.#make(source);
  }

  /** @throws what kept it from connecting, be it the signal; it is tried once */
  async open(signal?: AbortSignal): Promise<void> {
    const giveUp = (): void => {
      this.close();
    };
    try {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', giveUp, { once: true });
      await Promise.all([this.commands.connect(), this.reader.connect()]);
      // Such as that there is no such database: it goes on with another one.
      if (this.#failure !== undefined) throw this.#failure as Error;
      this.#opened = true;
    } catch (error) {
      this.close();
      throw this.#failure ?? error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Whether they keep this process alive. */
  keepAlive(alive: boolean): void {
    this.#alive = alive;
    for (const redis of [this.commands, this.reader]) this.#reference(redis);
  }

  /** Something has been answered over a connection, be it that there is nothing. */
  markAnswer(redis: Redis): void {
    this.#answers.set(redis, realTime.now());
  }

  /**
   * Breaks a connection over which nothing has been answered for so long, that it may be made again: of one that leads
   * nowhere any more, nobody hears. Only for connections over which something is always asked.
   */
  breakSilent(ms: number): void {
    // After what has come while this process was busy.
    realTime.setImmediate(() => {
      for (const redis of [this.commands, this.reader]) {
        const last = this.#answers.get(redis) ?? 0;
        if (redis.status !== 'ready' || realTime.now() - last < ms) continue;
        this.markAnswer(redis);
        streamOf(redis)?.destroy();
      }
    });
  }

  close(): void {
    for (const redis of [this.commands, this.reader]) {
      if (redis.status === 'end') continue;
      const stream = streamOf(redis);
      redis.disconnect();
      // It would wait for the other end to close, too. What is worth an answer has been answered.
      stream?.destroy();
    }
  }

  #make(source: RedisSource): Redis {
    const ours: RedisOptions = {
      lazyConnect: true,
      enableOfflineQueue: true,
      autoResendUnfulfilledCommands: true,
      // How long it is worth waiting for Redis is decided by the lease, and by nothing else.
      maxRetriesPerRequest: null,
      ...UNLIMITED,
      // Pipelines that break half-way are not asked for again.
      enableAutoPipelining: false,
      stringNumbers: false,
      retryStrategy: (times) => (this.#opened ? Math.min(50 * times, LONGEST_PAUSE) : null),
      // After a failover, what has become a replica takes nothing.
      reconnectOnError: ({ message }) => (message.startsWith('READONLY') ? 2 : false),
    };
    const redis = create(source, ours);
    // Without a listener they would be written to the console.
    redis.on('error', (error) => {
      this.#failure = error;
    });
    redis.on('connect', () => {
      this.markAnswer(redis);
      this.#reference(redis);
    });
    return redis;
  }

  #reference(redis: Redis): void {
    const stream = streamOf(redis);
    if (this.#alive) stream?.ref?.();
    else stream?.unref?.();
  }
}

/** Limits that a model may have, taken away. */
const UNLIMITED = {
  commandTimeout: undefined,
  socketTimeout: undefined,
  blockingTimeout: undefined,
} as object;

function create(source: RedisSource, ours: RedisOptions): Redis {
  if (typeof source === 'string') return new Redis(source, ours);
  if ('duplicate' in source) return source.duplicate(ours);
  return new Redis({ ...source, ...ours });
}

interface SocketLike {
  destroy(): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

/** There is none before it connects. */
function streamOf(redis: Redis): SocketLike | undefined {
  return (redis as { readonly stream?: SocketLike }).stream;
}
