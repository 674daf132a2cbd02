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
  #lastData = performance.now();

  constructor(source: RedisSource) {
    this.commands = this.#make(source);
    this.reader = this.#make(source);
  }

  /** @throws what kept it from connecting; it is tried once */
  async open(): Promise<void> {
    try {
      await Promise.all([this.commands.connect(), this.reader.connect()]);
      this.#opened = true;
    } catch (error) {
      this.close();
      throw this.#failure ?? error;
    }
  }

  /** Whether they keep this process alive. */
  keepAlive(alive: boolean): void {
    this.#alive = alive;
    for (const redis of [this.commands, this.reader]) this.#reference(redis);
  }

  /** A read has been answered, be it by nothing. */
  markAnswer(): void {
    this.#lastData = performance.now();
  }

  /** Breaks a connection whose reads have not been answered for so long, that it may be made again. */
  renewIfSilent(ms: number): void {
    if (performance.now() - this.#lastData < ms) return;
    this.markAnswer();
    for (const redis of [this.commands, this.reader]) streamOf(redis)?.destroy();
  }

  close(): void {
    for (const redis of [this.commands, this.reader]) {
      // Of what has ended already it would wait for the end, with a timer.
      if (redis.status !== 'end') redis.disconnect();
    }
  }

  #make(source: RedisSource): Redis {
    const ours: RedisOptions = {
      lazyConnect: true,
      enableOfflineQueue: true,
      autoResendUnfulfilledCommands: true,
      // How long it is worth waiting for Redis is decided by the lease.
      maxRetriesPerRequest: null,
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
