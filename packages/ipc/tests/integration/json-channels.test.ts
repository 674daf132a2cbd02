import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { jsonProcesses, type Bench, type Peer } from '../support/transports.js';

jest.setTimeout(60_000);

describe('a child whose channel carries JSON', () => {
  let bench: Bench;
  let peer: Peer;

  beforeEach(async () => {
    bench = await jsonProcesses.open();
    // It serves a function, without a limit.
    peer = await bench.peer();
  });

  afterEach(() => bench.close());

  test('takes locks and permits outside of any scope, and within one', async () => {
    const tokens = await peer.run(async (ipc) => {
      const one = await ipc.lock('l').acquire({ timeout: '10s' });
      await one.release();
      const two = await ipc.lock('l').withLock((held) => held.token);
      const read = await ipc.rwlock('rw').read();
      await read.release();
      const permit = await ipc.semaphore('s', 2).acquire();
      await permit.release();
      return [one.token < two, one.abandoned];
    });
    expect(tokens).toEqual([true, false]);
  });

  test('shares plain values', async () => {
    const seen = await peer.run(async (ipc) => {
      await ipc.queue('q').put({ a: [1, 'two', null] });
      await ipc.value('v', { type: 'i32' }).increment(2);
      return ipc.queue('q').size();
    });
    expect(seen).toBe(1);
    expect(await bench.ipc.queue('q').get()).toEqual({ a: [1, 'two', null] });
    expect(await bench.ipc.value('v', { type: 'i32' }).get()).toBe(2);
  });
});
