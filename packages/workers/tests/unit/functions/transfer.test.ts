import { describe, expect, jest, test } from '@jest/globals';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type * as Transfers from '../../../src/functions/transfer.js';
import { transfer, unwrapTransfers } from '../../../src/functions/transfer.js';

describe('transfer', () => {
  test('may be that of another copy of the package', () => {
    let copy: typeof Transfers | undefined;
    jest.isolateModules(() => {
      copy = jest.requireActual<typeof Transfers>('../../../src/functions/transfer.js');
    });
    expect(copy?.transfer).not.toBe(transfer);
    const pixels = new Uint8Array(8);
    const { value, transferList } = unwrapTransfers([copy?.transfer(pixels)], 'thread');
    expect(value).toEqual([pixels]);
    expect(transferList).toEqual([pixels.buffer]);
  });

  test('finds buffers and ports at any depth, and takes its marks out', () => {
    const { port1, port2 } = new MessageChannel();
    const other = new MessageChannel();
    const pixels = new Uint8Array(8);
    const list = new Float64Array(2);
    const argument = {
      image: transfer({ pixels, more: [list] }),
      ports: new Map([['a', transfer(port2)]]),
    };
    const { value, transferList } = unwrapTransfers([argument, 4], 'thread');
    expect(transferList).toEqual([pixels.buffer, list.buffer, port2]);
    expect(value).toEqual([{ image: { pixels, more: [list] }, ports: new Map([['a', port2]]) }, 4]);
    other.port1.postMessage(value, transferList as ArrayBuffer[]);
    expect(pixels.byteLength).toBe(0);
    port1.close();
    other.port1.close();
  });

  test('leaves what was given as it is', () => {
    const inner = { buffer: transfer(new ArrayBuffer(4)) };
    const given = [inner];
    const { value } = unwrapTransfers(given, 'thread');
    expect(given[0]).toBe(inner);
    expect((value as (typeof inner)[])[0]).not.toBe(inner);
  });

  test('hands over nothing to a process, but takes the marks out', () => {
    const buffer = new ArrayBuffer(4);
    expect(unwrapTransfers([transfer(buffer)], 'process')).toEqual({
      value: [buffer],
      transferList: [],
    });
  });

  test('does not look into values while nothing is marked', () => {
    const value = {
      get trap(): never {
        throw new Error('was looked at');
      },
    };
    expect(unwrapTransfers(value, 'thread').value).toBe(value);
  });

  test('leaves shared memory, pooled buffers and circles alone', () => {
    const shared = new SharedArrayBuffer(8);
    const circle: { self?: unknown; pooled: Buffer } = { pooled: Buffer.from('small') };
    circle.self = circle;
    const { value, transferList } = unwrapTransfers(
      [transfer(new Int32Array(shared)), transfer(circle)],
      'thread',
    );
    expect(transferList).toEqual([]);
    expect((value as unknown[])[1]).toBe(circle);
  });

  test('a result crosses a channel with its memory', () => {
    const { port1, port2 } = new MessageChannel();
    const { value, transferList } = unwrapTransfers(transfer(new Uint8Array([1, 2])), 'thread');
    port1.postMessage(value, transferList as ArrayBuffer[]);
    expect(receiveMessageOnPort(port2)?.message).toEqual(new Uint8Array([1, 2]));
    port1.close();
  });
});
