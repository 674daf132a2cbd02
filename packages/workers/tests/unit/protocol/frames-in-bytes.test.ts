import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame, Form, HEAD } from '../../../src/protocol/encode-frame.js';
import { FrameReader } from '../../../src/protocol/frame-reader.js';
import { FIRST_ARGUMENT, Kind } from '../../../src/protocol/frames.js';
import type { Item } from '../../../src/protocol/plain-items.js';

/** What comes out at the other end, where it arrives in pieces of a size. */
function across(frames: readonly (readonly Item[])[], size = Infinity): Item[] {
  const bytes = Buffer.concat(frames.map((items) => encodeFrame(items)));
  const reader = new FrameReader();
  const found: Item[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    found.push(...reader.read(bytes.subarray(at, Math.min(bytes.length, at + size))));
  }
  return found;
}

const task = (...args: readonly unknown[]): Item => [Kind.task, 7, 3, 7, 1, 0, ...args];
const argumentsOf = (item: Item | undefined): readonly unknown[] =>
  item?.slice(FIRST_ARGUMENT) ?? [];
const done = (value: unknown): Item => [Kind.done, 7, value, 0.25];
const formOf = (items: readonly Item[]): number | undefined => encodeFrame(items)[HEAD - 1];

describe('frames in bytes', () => {
  it.each([
    ['texts, numbers and the like', task('a', 1.5, true, null, 'ä😀\ud800{}[]"')],
    ['no arguments', task()],
    ['undefined among arguments', task(undefined, 1, undefined)],
    ['undefined as a result', done(undefined)],
    ['null as a result', done(null)],
  ])('bring %s as text', (_, item) => {
    expect(formOf([item])).toBe(Form.text);
    expect(across([[item, done(1)]])).toEqual([item, done(1)]);
  });

  it.each<[string, unknown]>([
    ['-0', -0],
    ['what is not finite', [NaN, Infinity, -Infinity]],
    ['large integers', 2n ** 70n],
    ['lists', [1, [2, undefined], {}]],
    ['objects that look like what stands for something else', {}],
    ['maps and sets', new Map<unknown, unknown>([[1, new Set([2])]])],
    ['dates', new Date(5)],
    ['bytes', Buffer.from([1, 2, 3])],
    ['numbers in memory', new Float64Array([0.5, -0, NaN])],
    ['long texts', 'x'.repeat(1001)],
  ])('bring %s as a copy', (_, value) => {
    for (const item of [task(value), done(value)]) {
      expect(formOf([item])).toBe(Form.copy);
      const [found] = across([[item]]);
      expect(found).toEqual(item);
    }
  });

  it.each<[string, NodeJS.ArrayBufferView]>([
    ['bytes', new Uint8Array(1000).subarray(10, 13)],
    ['no bytes', new Uint8Array(0)],
    ['a Buffer', Buffer.from('abc')],
    ['numbers', new Float64Array([0.5, 1])],
    ['a DataView', new DataView(new ArrayBuffer(16), 3, 5)],
  ])('bring %s in memory of their own', (_, given) => {
    const [item] = across([[task('private', given)]]);
    const [, view] = argumentsOf(item) as [string, NodeJS.ArrayBufferView];
    expect(view).toEqual(given);
    expect(view.constructor.name).toBe(given.constructor.name);
    expect([view.byteOffset, view.buffer.byteLength]).toEqual([0, given.byteLength]);
  });

  it('keep circles, and what is the same object twice', () => {
    const circle: Record<string, unknown> = { list: [1] };
    circle['self'] = circle;
    const [found] = across([[task(circle, circle['list'])]]);
    const [first, list] = argumentsOf(found) as [Record<string, unknown>, unknown];
    expect(first['self']).toBe(first);
    expect(first['list']).toBe(list);
  });

  it('refuse what can not be copied, as the engine does', () => {
    const attempt = (): Buffer => encodeFrame([task(() => 1)]);
    expect(attempt).toThrow('could not be cloned');
    expect(() => encodeFrame([done(Symbol('x'))])).toThrow();
  });

  it('say when something else has come', () => {
    const reader = new FrameReader();
    expect(() => reader.read(Buffer.from([1, 0, 0, 0, 9, 1]))).toThrow('Something else');
    // As a size, its first bytes are more than will ever come.
    expect(() => new FrameReader().read(Buffer.from('printed by somebody'))).toThrow(
      'Something else',
    );
  });

  it.each([Form.text, Form.copy])(
    'wait for no 4 GiB of what is none, though it says so in the form %i',
    (form) => {
      const reader = new FrameReader();
      expect(reader.read(Buffer.from([255, 255, 255, 255, form]))).toEqual([]);
      expect(() => reader.read(Buffer.from([0]))).toThrow('Something else');
    },
  );

  it('come whole and in order, however the bytes are cut', () => {
    const value = fc.oneof(
      fc.constantFrom(undefined, null, -0, '', '{}', '[]'),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.double(),
      fc.boolean(),
      fc.array(fc.integer(), { maxLength: 5 }),
      fc.uint8Array({ maxLength: 20 }),
    );
    const item = fc.oneof(
      value.map(done),
      fc.array(value, { maxLength: 4 }).map((args) => task(...args)),
    );
    const frames = fc.array(fc.array(item, { minLength: 1, maxLength: 6 }), { minLength: 1 });
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 200 }), (given, size) => {
        expect(across(given, size)).toEqual(given.flat());
      }),
    );
  });
});
