import { once } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { BrokerGoneError } from '@proc/ipc';
import { FakeRedis } from '../support/fake-redis/fake-redis.js';
import { sitesOn } from '../support/site.js';

jest.setTimeout(60_000);

const OOM = "OOM command not allowed when used memory > 'maxmemory'.";

describe('What Redis refuses', () => {
  const started: FakeRedis[] = [];
  const open = sitesOn(async () => {
    const redis = await FakeRedis.start();
    started.push(redis);
    return redis;
  });

  it('for want of room is said again when there is some, and what was held is held', async () => {
    const site = await open();
    const redis = started.at(-1);
    await site.hub({ lease: '30s' });
    const ipc = await site.client({ lease: '30s' });
    const held = await ipc.lock('l').acquire();
    const refused = redis?.refuse('xadd', OOM);
    const putting = ipc.queue('q').put('kept');
    await refused;
    redis?.allow('xadd');
    await putting;

    expect(await ipc.queue('q').get()).toBe('kept');
    expect(ipc.lost.aborted).toBe(false);
    await held.release();
  });

  it('ends the connection, with its words in one sentence', async () => {
    const site = await open();
    await site.hub({ lease: '30s' });
    const ipc = await site.client({ lease: '30s' });
    void started.at(-1)?.refuse('xadd', 'NOPERM this user may not.');
    const lost = once(ipc.lost, 'abort');
    const error: unknown = await ipc
      .queue('q')
      .put('x')
      .catch((reason: unknown) => reason);
    await lost;

    expect(BrokerGoneError.is(error)).toBe(true);
    expect(((error as Error).cause as Error).message).toMatch(/NOPERM this user may not\.$/);
  });
});
