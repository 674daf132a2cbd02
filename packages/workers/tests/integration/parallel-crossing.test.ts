import { IpcHub } from '@proc/ipc';
import { Blob } from 'node:buffer';
import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { inlineBackend } from '../../src/backends/inline-backend.js';
import { processBackend } from '../../src/backends/process-backend.js';
import { threadBackend } from '../../src/backends/thread-backend.js';
import type { WorkerBackend } from '../../src/backends/worker-channel.js';
import { UncloneableValueError } from '../../src/errors/uncloneable-value-error.js';
import { task } from '../../src/functions/task.js';
import { transfer } from '../../src/functions/transfer.js';
import type { WorkerManager } from '../../src/manager/worker-manager.js';
import { parallelFor } from '../../src/parallel/install-parallel.js';
import { resolvePoolOptions } from '../../src/pool/resolve-pool-options.js';
import { WorkerPool } from '../../src/pool/worker-pool.js';
import { parallelOn } from '../support/parallel-on.js';
import { KINDS, makeManager, makePool, REAL_KINDS } from '../support/pools.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';

// Workers start slowly here: their sources are compiled.
jest.setTimeout(60_000);

const BACKENDS = { process: processBackend, thread: threadBackend, inline: inlineBackend };
const file = join(__dirname, '../fixtures/nested.cjs');

interface Row {
  readonly pid: number;
  readonly cells: readonly { readonly square: number; readonly pid: number }[];
}

const squares = task<(row: readonly number[]) => Promise<Row>>(file, 'squares');
const sums = task<(row: readonly number[]) => Promise<readonly number[]>>(file, 'sums');
const handBack = task<(pixels: Uint8Array) => Uint8Array>(file, 'handBack');
const left = task<() => number>(file, 'left');

let pool: WorkerPool | undefined;

afterEach(async () => {
  await pool?.close({ force: true });
  pool = undefined;
});

/** A kind of workers, and how many bytes each of them was sent. */
function counted(backend: WorkerBackend): { backend: WorkerBackend; bytes: number[] } {
  const bytes: number[] = [];
  return {
    bytes,
    backend: {
      kind: backend.kind,
      start: (launch, listener) => {
        const channel = backend.start(launch, listener);
        const number = bytes.push(0) - 1;
        const send = channel.send.bind(channel);
        channel.send = (items, transferList) => {
          bytes[number] = (bytes[number] ?? 0) + serialize(items).length;
          send(items, transferList);
        };
        return channel;
      },
    },
  };
}

describe.each(KINDS)('what crosses to a worker: %s', (kind) => {
  test('has the values of `with` once, however many trips there are', async () => {
    const { backend, bytes } = counted(BACKENDS[kind]);
    const options = resolvePoolOptions(kind, { size: 2, execArgv: SOURCE_WORKERS });
    const environment = { backend, options, events: () => undefined, hub: () => new IpcHub() };
    pool = Reflect.construct(WorkerPool, [environment]) as WorkerPool;
    const text = 'x'.repeat(1_000_000);
    const given = { text };
    const work = (value: number) => value + text.length;
    for (let round = 0; round < 3; round += 1) {
      const results = await parallelOn(pool).map([1, 2, 3, 4, 5, 6, 7, 8], work, {
        with: given,
        chunk: 1,
      });
      expect(results).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((value) => value + 1_000_000));
    }
    const large = bytes.filter((each) => each > 500_000);
    expect(large.length).toBeGreaterThan(0);
    for (const each of large) expect(each).toBeLessThan(1_100_000);
  });
});

describe.each(REAL_KINDS)('work within work in a worker: %s', (kind) => {
  test('runs in that worker, and ends though there is no other', async () => {
    const manager: WorkerManager = makeManager(undefined, { size: 1 });
    const parallel = parallelFor(
      () => {
        throw new Error('No processes are started here.');
      },
      () => manager,
    );
    const rows = await parallel.map([[1, 2], [3], []], squares, { type: kind });
    expect(rows.map(({ cells }) => cells.map(({ square }) => square))).toEqual([[1, 4], [9], []]);
    for (const { pid, cells } of rows) for (const cell of cells) expect(cell.pid).toBe(pid);
    expect(manager.defaultPool(kind).stats().started).toBe(1);
  });
});

describe.each(REAL_KINDS)('work within work in a worker: %s', (kind) => {
  test('has the connection of the task outside', async () => {
    const manager: WorkerManager = makeManager(undefined, { size: 1 });
    const parallel = parallelFor(
      () => {
        throw new Error('No processes are started here.');
      },
      () => manager,
    );
    const seen = await parallel.map([[1, 2], [3]], sums, { type: kind });
    expect(seen).toEqual([[1, 3], [6]]);
  });
});

describe('memory that a thread hands over', () => {
  test('is gone there, as it is gone here when it is handed to it', async () => {
    const threads = makePool('thread', { size: 1 });
    const pixels = new Uint8Array([1, 2, 3]);
    const back = await threads.run(handBack, transfer(pixels));
    expect([...back]).toEqual([2, 2, 3]);
    expect(pixels.length).toBe(0);
    expect(await threads.run(left)).toBe(0);
  });

  test('is copied by a process', async () => {
    const processes = makePool('process', { size: 1 });
    const pixels = new Uint8Array([1, 2, 3]);
    const back = await processes.run(handBack, transfer(pixels));
    expect([...back]).toEqual([2, 2, 3]);
    expect(pixels.length).toBe(3);
    expect(await processes.run(left)).toBe(3);
  });
});

describe('results that are kept apart', () => {
  const key = async (_: number, context: { import(name: string): Promise<unknown> }) => {
    const crypto = (await context.import('node:crypto')) as typeof import('node:crypto');
    return [new SharedArrayBuffer(8), crypto.createSecretKey(Buffer.from('key'))];
  };

  test('may be of any kind that threads can hand over', async () => {
    pool = makePool('thread', { size: 1 });
    const [result] = await parallelOn(pool).map([1], key, { onError: 'settle' });
    expect(result?.status).toBe('fulfilled');
  });
});

/** Later ones take a blob for an object without anything in it, as `child_process` does then. */
const SEES_BLOBS = process.versions.node.startsWith('20.');

describe('what only threads can be given is refused for a process', () => {
  const { port1, port2 } = new MessageChannel();
  afterAll(() => {
    port1.close();
    port2.close();
  });

  test.each([
    ['key', createSecretKey(Buffer.from('key'))],
    ['port', port1],
    ...(SEES_BLOBS ? [['blob', new Blob(['text'])] as const] : []),
    ['memory', new SharedArrayBuffer(4)],
    ['view', new Uint8Array(new SharedArrayBuffer(4))],
  ])('%s', async (name, value) => {
    pool = makePool('process', { size: 1 });
    const error = await pool
      .run((given: object) => Object.keys(given), { [name]: value })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UncloneableValueError);
    expect((error as UncloneableValueError).message).toContain(`argument[0].${name}`);
  });

  test('as a result too', async () => {
    pool = makePool('process', { size: 1 });
    const made = pool.run(() => ({ list: [1, new globalThis.MessageChannel().port1] }));
    await expect(made).rejects.toThrow('result.list[1]');
    const blob = pool.run(() => ({ list: [1, new globalThis.Blob(['text'])] }));
    if (SEES_BLOBS) await expect(blob).rejects.toThrow('result.list[1]');
    else await expect(blob).resolves.toEqual({ list: [1, {}] });
    const shared = pool.run(() => ({ list: [1, new Uint8Array(new SharedArrayBuffer(4))] }));
    await expect(shared).rejects.toThrow(
      'result.list[1], which is shared memory. Processes share no memory',
    );
  });

  test('as a value in `with`, and as part of an error', async () => {
    pool = makePool('process', { size: 1 });
    const rates = { memory: new Int32Array(new SharedArrayBuffer(4)) };
    const counted = pool.with({ with: { rates } }).run(() => rates.memory.length);
    await expect(counted).rejects.toThrow('with.rates.memory, which is shared memory');
    const failed = pool.run(() => {
      throw Object.assign(new Error('full'), { memory: new Uint8Array(new SharedArrayBuffer(4)) });
    });
    await expect(failed).rejects.toMatchObject({ message: 'full', lostProperties: ['memory'] });
    expect(await pool.run(() => 'goes on')).toBe('goes on');
  });
});
