import { Redis } from 'ioredis';

/** Lets the time of a lease pass at once: Redis drops the key, as it does at the end of its time. */
export async function endLease(path: string, name: string): Promise<void> {
  const redis = new Redis({ path });
  try {
    for (const key of await redis.keys('proc:ipc:*:lease:*')) {
      const owner = await redis.get(key);
      if (owner === null) continue;
      if ((JSON.parse(owner) as { readonly name?: string }).name === name)
        await redis.pexpire(key, 0);
    }
  } finally {
    redis.disconnect();
  }
}
