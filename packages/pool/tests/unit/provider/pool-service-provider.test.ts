import { describe, expect, test } from '@jest/globals';
import {
  Application,
  EventDispatcher,
  PoolStarted,
  ProcessManager,
  ProcessServiceProvider,
  type ProcEvent,
} from '@proc/core';
import { installPool, PoolFactory, ProcessPool } from '@proc/pool';
import { ending, entries } from '../../support/hand-made-entry.js';
import { application } from '../../support/process-manager.js';

describe('the provider of pools', () => {
  test('gives the manager pool and concurrently', async () => {
    const processes = application().get(ProcessManager);
    expect(processes.hasMacro('pool')).toBe(true);
    const [first, second] = await processes.concurrently([
      ending({ stdout: '1' }),
      ending({ stdout: '2' }),
    ]);
    expect([first?.stdout, second?.stdout]).toEqual(['1', '2']);
  });

  test('passes callback and options of concurrently on', async () => {
    const processes = application().get(ProcessManager);
    const chunks: string[] = [];
    const [entry] = entries(1);
    const results = processes.concurrently(
      { a: entry!, b: ending() },
      (output) => {
        chunks.push(output);
      },
      { concurrency: 1 },
    );
    void entry!.run.print('hello');
    entry!.run.end({ exitCode: 1 });
    expect((await results).failureCount).toBe(1);
    expect(chunks).toEqual(['hello']);
  });

  test('takes the options of concurrently without a callback', async () => {
    const processes = application().get(ProcessManager);
    const options = { concurrency: 1, failFast: true };
    const results = await processes.concurrently([ending({ exitCode: 1 }), ending()], options);
    expect(results.skipped).toEqual([1]);
    await expect(processes.concurrently([], { concurency: 1 } as object)).rejects.toThrow(
      'Unknown key: "concurency". Did you mean "concurrency"?',
    );
  });

  test('says where an option of its processes goes', () => {
    const processes = application().get(ProcessManager);
    expect(() => processes.pool([], { env: {} } as object)).toThrow(
      'Unknown key: "env". It is an option of a process, and goes with each entry. Options of a pool',
    );
  });

  test('says where an output callback goes, and that an entry goes into a list', () => {
    const processes = application().get(ProcessManager);
    const callback = (() => undefined) as object;
    expect(() => processes.pool([], callback)).toThrow('An output callback goes to start()');
    expect(() => processes.pool('ls' as never)).toThrow('got a string: put it into a list.');
    expect(() => processes.pool(undefined as never)).toThrow('got undefined.');
  });

  test('binds a factory under a name', async () => {
    const factory = application().get('process.pool');
    expect(factory).toBeInstanceOf(PoolFactory);
    expect((factory as PoolFactory).queue({ concurrency: 2 })).toBeInstanceOf(ProcessPool);
  });

  test('without the provider, the manager says what to register', async () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    await app.boot();
    expect(() => app.get(ProcessManager).pool([])).toThrow(/PoolServiceProvider/);
  });

  test('lets events go to the dispatcher of the application, also to one bound later', async () => {
    const app = application();
    const heard: ProcEvent[] = [];
    app.instance(EventDispatcher, {
      hasListeners: (type) => type === PoolStarted,
      dispatch: async (event) => {
        heard.push(event);
      },
    } as EventDispatcher);
    await app.get(ProcessManager).pool([ending()]).start();
    expect(heard.map(({ name }) => name)).toEqual(['PoolStarted']);
  });

  test('stops the pools that run when the application shuts down', async () => {
    const app = application();
    const processes = app.get(ProcessManager);
    const all = entries(2);
    const started = processes.pool(all, { concurrency: 1 }).start();
    await processes.pool([ending()]).start();
    await app.shutdown();
    const results = await started;
    expect(all[0]!.run.stops).toHaveLength(1);
    expect(results.skipped).toEqual([1]);
  });
});

describe('installing pools by hand', () => {
  test('gives a manager pools with defaults of their own', async () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    await app.boot();
    const processes = app.get(ProcessManager);
    const factory = installPool(processes, undefined, { concurrency: 3 });
    const pool = processes.pool(entries(1));
    expect(pool.concurrency).toBe(3);
    const started = pool.start();
    await factory.stop();
    expect((await started).reason).toBe('stopped');
  });
});
