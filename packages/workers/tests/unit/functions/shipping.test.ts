import { runInThisContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { ReferenceShipper } from '../../../src/functions/shipping/reference-shipper.js';
import { TaskLoader } from '../../../src/functions/shipping/task-loader.js';
import { toTaskReference } from '../../../src/functions/to-task-reference.js';

const FACTOR = 2;

describe('shipping to one worker', () => {
  test('sends the text and the values of `with` once', async () => {
    const [shipper, loader] = [new ReferenceShipper(), new TaskLoader(1000)];
    const given = { FACTOR, big: 'x'.repeat(100_000) };
    const fn = (value: number) => value * FACTOR;
    const sizes: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const shipped = structuredClone(shipper.ship(toTaskReference(fn, { with: given })));
      sizes.push(JSON.stringify(shipped).length);
      expect((await loader.load(shipped)).fn(round)).toBe(round * 2);
    }
    expect(sizes[0]).toBeGreaterThan(100_000);
    expect(Math.max(...sizes.slice(1))).toBeLessThan(100);
  });

  test('sends other values to the same text', async () => {
    const [shipper, loader] = [new ReferenceShipper(), new TaskLoader(1000)];
    const fn = (value: number) => value * FACTOR;
    const results = [];
    for (const factor of [3, 4, 3]) {
      const shipped = shipper.ship(toTaskReference(fn, { with: { FACTOR: factor } }));
      results.push((await loader.load(shipped)).fn(10));
    }
    expect(results).toEqual([30, 40, 30]);
  });

  test('has the function compiled once', async () => {
    const [shipper, loader] = [new ReferenceShipper(), new TaskLoader(1000)];
    const reference = toTaskReference(() => 1);
    const one = await loader.load(shipper.ship(reference));
    expect(await loader.load(shipper.ship(reference))).toBe(one);
  });

  test('forgets on both sides what was not used for longest, and sends it again', async () => {
    const [shipper, loader] = [new ReferenceShipper(2), new TaskLoader(1000)];
    const references = ['a', 'b', 'c'].map((text) =>
      toTaskReference(runInThisContext(`() => '${text}'`) as () => string),
    );
    const log: string[] = [];
    for (const index of [0, 1, 2, 2, 0]) {
      const shipped = structuredClone(shipper.ship(references[index]!));
      log.push(`${shipped.parts?.length ?? 0} parts, forgets ${shipped.forget?.join() ?? 'none'}`);
      expect((await loader.load(shipped)).fn()).toBe('abc'[index]);
    }
    expect(log).toEqual([
      '1 parts, forgets none',
      '1 parts, forgets none',
      '1 parts, forgets 1',
      '0 parts, forgets none',
      '1 parts, forgets 2',
    ]);
  });

  test('sends again what could not be sent', async () => {
    const [shipper, loader] = [new ReferenceShipper(1), new TaskLoader(1000)];
    const [first, second] = [() => 'first', () => 'second'].map((fn) => toTaskReference(fn));
    await loader.load(shipper.ship(first!));
    shipper.undo(shipper.ship(second!));
    const again = shipper.ship(second!);
    expect(again.parts).toHaveLength(1);
    expect(again.forget).toEqual([1]);
    expect((await loader.load(again)).fn()).toBe('second');
  });

  test('a load that failed is tried again', async () => {
    const loader = new TaskLoader(1000);
    await expect(loader.load({ task: 7 })).rejects.toThrow('not told what to run');
    const shipped = new ReferenceShipper().ship(toTaskReference(() => 1));
    await expect(
      loader.load({ ...shipped, task: 7, parts: [[7, shipped.parts![0]![1]]] }),
    ).resolves.toBeDefined();
  });
});
