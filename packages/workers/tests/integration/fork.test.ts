import { resolve } from 'node:path';
import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  Application,
  InvalidArgumentError,
  ProcessManager,
  ProcessServiceProvider,
} from '@proc/core';
import { connectIpc, inProcessPorts, IpcHub } from '@proc/ipc';
import type { TaskContext } from '../../src/contracts/task-context.js';
import { ForkEndedError } from '../../src/errors/fork-ended-error.js';
import { UncloneableValueError } from '../../src/errors/uncloneable-value-error.js';
import { task } from '../../src/functions/task.js';
import { Parallel } from '../../src/parallel/parallel.js';

// A process starts slowly here: its sources are compiled.
jest.setTimeout(60_000);

/** Of four processes each; `PROC_FUZZ_FACTOR=25` makes them 500. */
const ROUNDS = 5 * Number(process.env['PROC_FUZZ_FACTOR'] ?? 1);

const SOURCES = resolve(__dirname, '../../../core/tests/support/register-sources.cjs');

let app: Application;
let parallel: Parallel;
const hub = new IpcHub();

beforeAll(async () => {
  // The forked program is TypeScript here, as everything in these tests.
  process.env['NODE_OPTIONS'] = `--require ${SOURCES}`;
  app = new Application({ providers: [ProcessServiceProvider] });
  await app.boot();
  parallel = new Parallel({
    pool: () => {
      throw new Error('No pool is asked for here.');
    },
    processes: () => app.get(ProcessManager),
    hub: () => hub,
  });
});

afterAll(async () => {
  delete process.env['NODE_OPTIONS'];
  await app.shutdown();
  await hub.close();
});

describe('fork', () => {
  test('runs a function in a process of its own', async () => {
    const child = parallel.fork(
      (one: number, other: number) => {
        console.log('adding');
        console.error('carefully');
        return { sum: one + other, pid: process.pid };
      },
      [20, 22],
    );
    expect([child.pid, child.isRunning(), child.exitCode]).toEqual([undefined, false, null]);
    await child.start();
    expect(child.pid).toBeGreaterThan(0);
    expect(child.isRunning()).toBe(true);
    await expect(child.wait()).resolves.toBe(0);
    await expect(child.result()).resolves.toEqual({ sum: 42, pid: child.pid });
    expect([child.exitCode, child.isRunning()]).toEqual([0, false]);
    expect([child.output(), child.errorOutput()]).toEqual(['adding\n', 'carefully\n']);
    await expect(child.start()).rejects.toThrow(InvalidArgumentError);
  });

  test('that can not be started tells it to who waits, and start() need not be heard', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const child = new Parallel({
      pool: () => {
        throw new Error('No pool is asked for here.');
      },
      processes: () => {
        throw new Error('no processes');
      },
    }).fork(() => 1);
    void child.start();
    await expect(child.wait()).rejects.toThrow('no processes');
    await setImmediate();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('refuses arguments that are no list', () => {
    expect(() => parallel.fork((one: number) => one, 5 as never)).toThrow(
      'Arguments are given as a list, but this was given: 5.',
    );
  });

  test('starts by itself when somebody waits', async () => {
    await expect(parallel.fork(() => 'done').result()).resolves.toBe('done');
  });

  test('ends with 1 when the function throws, and gives its error', async () => {
    const child = parallel.fork(() => {
      throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
    });
    await expect(child.wait()).resolves.toBe(1);
    await expect(child.result()).rejects.toMatchObject({
      name: 'RangeError',
      message: 'too far',
      code: 'E_FAR',
    });
  });

  test('is ended by a signal', async () => {
    const child = parallel.fork(() => {
      console.log('ready');
      return new Promise(() => {
        setInterval(() => {}, 1000);
      });
    });
    await child.start();
    while (child.output() === '') await setImmediate();
    expect(child.kill('SIGKILL')).toBe(true);
    await expect(child.wait()).resolves.toBeNull();
    await expect(child.result()).rejects.toThrow(ForkEndedError);
    expect(child.kill()).toBe(false);
  });

  test('tells of a process that ends before its function', async () => {
    const child = parallel.fork(() => {
      console.error('last words');
      process.exit(7);
    });
    await expect(child.result()).rejects.toThrow(/exit code 7[\s\S]*last words/);
    expect(child.exitCode).toBe(7);
  });

  test.each([
    ['a text', 'ready'],
    ['nothing', null],
    ['what looks like an answer', { value: 'forged' }],
    ['what looks like a failure', { error: 'forged' }],
  ])('is not disturbed by %s that its function sends', async (_, message) => {
    const child = parallel.fork(
      (value: unknown) => {
        process.send?.(value);
        return 'own';
      },
      [message],
    );
    await expect(child.result()).resolves.toBe('own');
    expect(child.exitCode).toBe(0);
  });

  test('believes no answer but that of the function', async () => {
    const child = parallel.fork(async () => {
      await new Promise((sent) => process.send?.({ value: 'forged' }, sent));
      process.exit(0);
    });
    await expect(child.result()).rejects.toThrow(ForkEndedError);
  });

  test('runs functions of modules', async () => {
    const file = pathToFileURL(resolve(__dirname, '../fixtures/tasks.mjs'));
    const child = parallel.fork(task<(price: number) => number>(file, 'priced'), [5]);
    await expect(child.result()).resolves.toBe(15);
    const missing = parallel.fork(task<() => number>(file, 'nothing'));
    await expect(missing.result()).rejects.toMatchObject({ code: 'ERR_PROC_TASK_LOAD' });
  });

  test('shares values and locks with the program, and loses its locks when it is killed', async () => {
    const [port, hubPort] = inProcessPorts();
    hub.connect(hubPort, { name: 'test' });
    await using ipc = connectIpc(port);
    const counter = ipc.value('counter', { type: 'i32', initial: 1 });
    const child = parallel.fork(
      async (add: number, context?: TaskContext) => {
        const shared = context?.ipc;
        if (shared === undefined) throw new Error('not connected');
        await shared.value('counter', { type: 'i32', initial: 1 }).increment(add);
        await shared.lock('held').acquire();
        console.log('has it');
        return new Promise(() => {
          setInterval(() => {}, 1000);
        });
      },
      [41],
    );
    await child.start();
    const next = ipc.lock('held');
    while (child.output() === '') await setImmediate();
    expect(await counter.get()).toBe(42);
    expect(hub.sessions.map(({ name }) => name)).toContain(`fork ${child.pid ?? 0}`);
    const waiting = next.acquire();
    child.kill('SIGKILL');
    const lock = await waiting;
    expect(lock.abandoned).toBe(true);
    await lock.release();
  });

  test('tells of what its function emits, in order and before the result', async () => {
    const heard: unknown[] = [];
    const child = parallel.fork(
      (count: number, context?: TaskContext) => {
        for (let index = 0; index < count; index += 1) context?.emit({ index });
        let refused: unknown;
        try {
          context?.emit({ fn: () => 1 });
        } catch (error) {
          refused = (error as Error).name;
        }
        return refused;
      },
      [100],
    );
    child.onEmit(() => {
      throw new Error('a listener of the test');
    });
    child.onEmit((value) => heard.push(value));
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await expect(child.result()).resolves.toBe('UncloneableValueError');
    expect(heard).toEqual(Array.from({ length: 100 }, (_, index) => ({ index })));
    expect(warned).toHaveBeenCalledTimes(100);
  });

  test('names what can not be copied, there or back', async () => {
    expect(() => parallel.fork((value: unknown) => value, [{ inner: () => 1 }])).toThrow(
      UncloneableValueError,
    );
    const memory = new Uint8Array(new SharedArrayBuffer(4));
    expect(() => parallel.fork((value: unknown) => value, [memory])).toThrow('share no memory');
    expect(() => parallel.fork(() => memory.length, [], { with: { memory } })).toThrow(
      'with.memory, which is shared memory',
    );
    const functions: readonly (() => unknown)[] = [
      () => ({ inner: () => 1 }),
      () => ({ inner: new Uint8Array(new SharedArrayBuffer(4)) }),
    ];
    for (const fn of functions) {
      const child = parallel.fork(fn);
      await expect(child.result()).rejects.toMatchObject({
        code: 'ERR_PROC_UNCLONEABLE_VALUE',
        path: 'result.inner',
      });
      expect(child.exitCode).toBe(1);
    }
  });

  test('killAll() ends all that run', async () => {
    const children = [1, 2].map(() =>
      parallel.fork(() => new Promise(() => setInterval(() => {}, 1000))),
    );
    await children[0]?.start();
    const starting = children[1]?.start();
    parallel.killAll('SIGKILL');
    await expect(Promise.all(children.map((child) => child.wait()))).resolves.toEqual([null, null]);
    await starting;
  });

  test('leaves no descriptor and no process behind', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    await parallel.fork(() => 1).wait();
    const before = open();
    for (let round = 0; round < ROUNDS; round += 1) {
      const children = [1, 2, 3, 4].map((value) => parallel.fork((each: number) => each, [value]));
      const codes = await Promise.all(children.map((child) => child.wait()));
      expect(codes).toEqual([0, 0, 0, 0]);
      // Not even a zombie, which would answer to a signal.
      for (const { pid = 0 } of children) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }
    expect(open()).toBeLessThanOrEqual(before + 2);
  }, 600_000);
});
