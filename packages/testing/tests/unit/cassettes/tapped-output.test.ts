import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { TappedOutput } from '../../../src/cassettes/recording/tapped-output.js';

function tapped(): { source: PassThrough; tap: TappedOutput; noted: string[] } {
  const source = new PassThrough();
  const noted: string[] = [];
  const tap = new TappedOutput(source, {
    onChunk: (chunk) => noted.push(chunk.toString()),
    onEnd: () => noted.push('(end)'),
  });
  return { source, tap, noted };
}

it('reads nothing before it is read, and no faster than its reader', async () => {
  const { source, tap, noted } = tapped();
  source.write('a');
  await new Promise((resolve) => setImmediate(resolve));
  expect(noted).toEqual([]);

  tap.pause();
  tap.on('data', () => undefined).pause();
  tap.read(0);
  const written = 64;
  for (let i = 0; i < written; i++) source.write('x'.repeat(16 * 1024));
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(noted.length).toBeLessThan(written / 2);

  source.end();
  tap.resume();
  await once(tap, 'end');
  expect(noted.join('').length).toBe(1 + written * 16 * 1024 + '(end)'.length);
});

it('closes its source when its reader closes it, as a program has to be told', async () => {
  const { source, tap } = tapped();
  tap.destroy();
  await once(source, 'close');
  expect(source.destroyed).toBe(true);
});

it('ends with a source that ended before anybody read it', async () => {
  const { source, tap } = tapped();
  source.end();
  source.resume();
  await once(source, 'close');
  expect(await tap.toArray()).toEqual([]);
});
