import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ChunkReturn } from '../../../src/capture/chunk-return.js';

const ignore = (): void => undefined;

describe('ChunkReturn', () => {
  let stream: PassThrough;
  let returned: string[];
  let chunks: ChunkReturn;
  const give = (...texts: readonly string[]): void => {
    for (const text of texts) chunks.give(Buffer.from(text));
  };

  beforeEach(() => {
    stream = new PassThrough().on('data', ignore);
    returned = [];
    chunks = new ChunkReturn(stream, { recycle: (chunk) => returned.push(chunk.toString()) });
  });

  it('returns what comes after the first, which somebody may have who listened once', () => {
    give('1', '2', '3');
    expect(returned).toEqual(['2', '3']);
  });

  it.each(['data', 'readable'])('returns nothing while somebody else listens to "%s"', (event) => {
    stream.on(event, ignore);
    give('1', '2');
    expect(returned).toEqual([]);
  });

  it.each(['data', 'readable'])(
    'returns nothing once somebody else has listened to "%s"',
    (event) => {
      give('1', '2');
      stream.once(event, ignore).off(event, ignore);
      give('3', '4');
      expect(returned).toEqual(['2']);
    },
  );

  it('says which stream they came from', () => {
    const recycle = jest.fn();
    const saying = new ChunkReturn(stream, { recycle });
    const chunk = Buffer.from('2');
    saying.give(Buffer.from('1'));
    saying.give(chunk);
    expect(recycle.mock.calls).toEqual([[chunk, stream]]);
  });

  it('goes on where somebody listens to something else', () => {
    give('1');
    stream.on('end', ignore);
    give('2');
    expect(returned).toEqual(['2']);
  });

  it('does not look for others where the driver wants nothing back', () => {
    const unwanted = new ChunkReturn(stream, {});
    unwanted.give(Buffer.from('1'));
    unwanted.give(Buffer.from('2'));
    expect(stream.listenerCount('newListener')).toBe(0);
  });

  it('leaves no listener behind', () => {
    give('1', '2');
    expect(stream.listenerCount('newListener')).toBe(1);
    chunks.stop();
    expect(stream.listenerCount('newListener')).toBe(0);
    give('3', '4');
    expect(returned).toEqual(['2']);
  });
});
