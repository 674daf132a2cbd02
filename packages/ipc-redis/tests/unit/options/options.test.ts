import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { IpcHub } from '@proc/ipc';
import { connectIpcRedis, listenIpcRedis, openRedisBroker } from '@proc/ipc-redis';
import { Cluster } from 'ioredis';
import { codeOf } from '../../support/code-of.js';

const nowhere = { redis: { path: '/nowhere' } };

describe('Options over Redis', () => {
  it.each([
    [{}],
    [{ redis: '' }],
    [{ redis: 'not a url' }],
    [{ redis: 'http://:secret@localhost' }],
    [{ redis: 'redis://host:port' }],
    [{ redis: 6379 }],
    [{ redis: null }],
    [{ ...nowhere, namespace: '' }],
    [{ ...nowhere, namespace: 'a{b}' }],
    [{ ...nowhere, namespace: 'a\u001b[2Jb' }],
    [{ ...nowhere, namespace: 'a\nb' }],
    [{ ...nowhere, namespace: 'a\u2028b' }],
    [{ redis: [{ host: 'a' }] }],
    [{ ...nowhere, token: '' }],
    [{ ...nowhere, token: 5 }],
    [{ ...nowhere, lease: 99 }],
    [{ ...nowhere, lease: 'soon' }],
    [{ ...nowhere, lease: Number.POSITIVE_INFINITY }],
    [{ ...nowhere, signal: {} }],
    [{ ...nowhere, laese: '5s' }],
    [null],
  ])('%j are refused before anything is opened', async (options) => {
    const invalid = 'ERR_PROC_INVALID_ARGUMENT';
    const given = options as never;

    expect(await codeOf(connectIpcRedis(given))).toBe(invalid);
    expect(await codeOf(openRedisBroker(given))).toBe(invalid);
    expect(await codeOf(listenIpcRedis(new IpcHub(), given))).toBe(invalid);
  });

  it('are refused where they are a cluster, which is not supported', async () => {
    const redis = new Cluster([{ host: 'nowhere.invalid' }], { lazyConnect: true });
    const error: unknown = await connectIpcRedis({ redis: redis as never }).catch(
      (reason: unknown) => reason,
    );

    expect(InvalidArgumentError.is(error)).toBe(true);
    expect((error as Error).message).toContain('Redis Cluster is not supported');
    redis.disconnect();
  });

  it.each([[{ name: '' }], [{ name: 5 }], [{ timeout: 'never' }], [{ wait: true }]])(
    '%j are refused to who connects',
    async (options) => {
      const given = { ...nowhere, ...options } as never;

      expect(await codeOf(connectIpcRedis(given))).toBe('ERR_PROC_INVALID_ARGUMENT');
    },
  );

  it('are refused to a hub that is closed, and to one that is to wait by halves', async () => {
    const hub = new IpcHub();
    const bad = { ...nowhere, wait: 'yes' } as never;
    expect(await codeOf(listenIpcRedis(hub, bad))).toBe('ERR_PROC_INVALID_ARGUMENT');
    await hub.close();

    expect(await codeOf(listenIpcRedis(hub, nowhere))).toBe('ERR_PROC_IPC_BROKER_GONE');
  });
});
