import type { Redis } from 'ioredis';

/**
 * What has been read is removed, and where that is refused nobody would hear of it but the memory of Redis.
 *
 * @throws Error for a Redis that is too old, and for a user who may not
 */
export async function requireTrimming(redis: Redis, stream: string): Promise<void> {
  try {
    await redis.xtrim(stream, 'MINID', '0');
  } catch (cause) {
    const refusal = (cause as Error).message;
    throw new Error(`Redis 6.2 or later is needed, and a user who may use XTRIM: ${refusal}`, {
      cause,
    });
  }
}
