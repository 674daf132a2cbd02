import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { StreamWriter } from '../../../src/streams/stream-writer.js';
import { Seal } from '../../../src/wire/seal.js';

/** A Redis that takes what it is given, when the test says so. */
class SlowRedis {
  readonly entries: (readonly [number: number, acknowledged: number, packets: string])[] = [];
  /** What the next answers are; by default ids. */
  answer: () => Promise<string | null> = () => Promise.resolve('1-1');

  async xadd(
    ...[, , , , , , number, , acknowledged, , packets]: unknown[]
  ): Promise<string | null> {
    this.entries.push([Number(number), Number(acknowledged), String(packets)]);
    return this.answer();
  }
}

function writerTo(redis: SlowRedis, lost: unknown[] = [], patience = 60_000): StreamWriter {
  return new StreamWriter({
    redis: redis as unknown as Redis,
    key: 'key',
    link: 'link',
    seal: new Seal(undefined),
    patience,
    onLost: (cause) => lost.push(cause),
  });
}

/** Resolves when nothing more happens by itself. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('A writer to a stream', () => {
  it('puts into one entry what is written in one breath, or while Redis is waited for', async () => {
    const redis = new SlowRedis();
    const writer = writerTo(redis);
    let go = (): void => undefined;
    redis.answer = () =>
      new Promise((resolve) => {
        go = () => resolve('1-1');
      });
    for (const word of ['a', 'b']) writer.write(Buffer.from(word));
    await quiet();
    for (const word of ['c', 'd']) writer.write(Buffer.from(word));
    await quiet();
    go();
    await quiet();
    go();
    await writer.settled();

    expect(redis.entries).toEqual([
      [1, 0, 'ab'],
      [2, 0, 'cd'],
    ]);
  });

  it('says its last word also where nobody reads, in place of what waits', async () => {
    const redis = new SlowRedis();
    const writer = writerTo(redis);
    for (let count = 0; count < 256; count++) {
      writer.write(Buffer.from('x'));
      await quiet();
    }
    writer.write(Buffer.from('never'));
    await quiet();
    writer.finish(Buffer.from('last'));
    await writer.settled();

    expect(redis.entries.at(-1)).toEqual([257, 0, 'last']);
    expect(writer.backlog).toBe(0);
  });

  it('says its last word after what waits where there is room', async () => {
    const redis = new SlowRedis();
    const writer = writerTo(redis);
    writer.write(Buffer.from('before '));
    writer.finish(Buffer.from('last'));
    await writer.settled();

    expect(redis.entries).toEqual([[1, 0, 'before last']]);
  });

  it('waits when so much has not been read, and goes on when it has', async () => {
    const redis = new SlowRedis();
    const writer = writerTo(redis);
    for (let count = 0; count < 300; count++) {
      writer.write(Buffer.from('x'));
      await quiet();
    }
    expect(redis.entries).toHaveLength(256);
    expect(writer.backlog).toBe(44);

    writer.release(10);
    await writer.settled();

    expect(redis.entries.at(-1)).toEqual([257, 0, 'x'.repeat(44)]);
  });

  it('acknowledges what came in silence, even when it may write nothing else', async () => {
    const redis = new SlowRedis();
    const writer = writerTo(redis);
    for (let count = 0; count < 257; count++) {
      writer.write(Buffer.from('x'));
      await quiet();
    }
    for (let number = 1; number <= 63; number++) writer.acknowledge(number, 1);
    await quiet();
    expect(redis.entries).toHaveLength(256);

    writer.acknowledge(64, 1);
    await quiet();

    expect(redis.entries.at(-1)).toEqual([257, 64, '']);
    expect(redis.entries).toHaveLength(257);
  });

  it('says again, in order, what Redis had no room for, and is not lost', async () => {
    const [redis, lost] = [new SlowRedis(), [] as unknown[]];
    redis.answer = () => {
      redis.answer = () => Promise.resolve('1-1');
      return Promise.reject(new Error('OOM command not allowed'));
    };
    const writer = writerTo(redis, lost);
    writer.write(Buffer.from('a'));
    await quiet();
    writer.write(Buffer.from('b'));
    await writer.settled();

    expect(lost).toEqual([]);
    expect(redis.entries).toEqual([
      [1, 0, 'a'],
      [1, 0, 'a'],
      [2, 0, 'b'],
    ]);
  });

  it('is lost where Redis has no room for longer than it is patient', async () => {
    const [redis, lost] = [new SlowRedis(), [] as unknown[]];
    const full = new Error('OOM command not allowed');
    redis.answer = () => Promise.reject(full);
    const writer = writerTo(redis, lost, 120);
    writer.write(Buffer.from('a'));
    await writer.settled();

    expect(lost).toEqual([full]);
    expect(redis.entries.length).toBeGreaterThan(1);
  });

  it('stops, once, when the stream is gone or Redis takes nothing', async () => {
    const refusal = new Error('NOPERM this user has no permissions');
    for (const [answer, cause] of [
      [() => Promise.resolve(null), undefined],
      [() => Promise.reject(refusal), refusal],
    ] as const) {
      const [redis, lost] = [new SlowRedis(), [] as unknown[]];
      redis.answer = answer;
      const writer = writerTo(redis, lost);
      writer.write(Buffer.from('a'));
      await quiet();
      writer.write(Buffer.from('b'));
      await writer.settled();

      expect(lost).toEqual([cause]);
      expect(redis.entries).toHaveLength(1);
    }
  });
});
