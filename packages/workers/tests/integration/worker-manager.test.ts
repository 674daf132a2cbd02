import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { Application, EventDispatcher, ProcessManager, ProcessServiceProvider } from '@proc/core';
import type { TaskContext } from '../../src/contracts/task-context.js';
import { PoolClosedError } from '../../src/errors/pool-closed-error.js';
import { WorkerManager } from '../../src/manager/worker-manager.js';
import '../../src/provider/install-workers.js';
import { WorkersServiceProvider } from '../../src/provider/workers-service-provider.js';
import { failure, makeManager, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';
import { work } from '../support/work.js';

const program = path.join(__dirname, '../fixtures/pool/program.cjs');

/** Runs a program that has pools of its own. */
function runProgram(...args: readonly string[]): Promise<{ code: number; output: string }> {
  return runNode(program, ...args);
}

async function runNode(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [...SOURCE_WORKERS, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

describe('The manager of workers', () => {
  it('makes the shared pools on first use, one of each kind', async () => {
    const manager = makeManager();
    expect(manager.pools()).toEqual([]);
    const pool = manager.defaultThreadPool();
    expect(manager.defaultThreadPool()).toBe(pool);
    expect(manager.defaultProcessPool()).not.toBe(pool);
    expect(pool.stats().workers).toEqual([]);
    expect(pool.maxSize).toBe(manager.cpuCount());
    await pool.close();
    expect(manager.defaultThreadPool()).not.toBe(pool);
  });

  it.each(['process', 'thread'])('lets a program end whose workers are idle: %s', async (kind) => {
    expect(await runProgram('idle', kind)).toEqual({ code: 0, output: 'result 3\n' });
  });

  it.each(['process', 'thread'])(
    'shows what tasks print where the program prints: %s',
    async (kind) => {
      const child = spawn(process.execPath, [...SOURCE_WORKERS, program, 'prints', kind], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(await Promise.all([text(child.stdout), text(child.stderr)])).toEqual([
        'out seen',
        'err seen',
      ]);
    },
  );

  it.each(['process', 'thread'])('keeps a program for the tasks that run: %s', async (kind) => {
    expect(await runProgram('busy', kind)).toEqual({ code: 0, output: 'result later\n' });
  });

  it.each(['process', 'thread'])(
    'lets tasks end on a signal, but not on a second: %s',
    async (kind) => {
      const start = (task: string) =>
        spawn(process.execPath, [...SOURCE_WORKERS, program, 'signals', kind, task], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
      const patient = start('sleep');
      let output = '';
      patient.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
      await until(() => output.includes('ready'));
      patient.kill('SIGTERM');
      expect(await once(patient, 'close')).toEqual([null, 'SIGTERM']);
      expect(output).toContain('result done');

      const hurried = start('ignore');
      await once(hurried.stdout, 'data');
      hurried.kill('SIGTERM');
      await once(hurried.stdout, 'data');
      hurried.kill('SIGTERM');
      expect(await once(hurried, 'close')).toEqual([null, 'SIGTERM']);
    },
  );

  it('finds tasks by their ids', async () => {
    const manager = makeManager();
    const handle = manager.submit(work('add'), 1, 2);
    expect(manager.status(handle.id)).toBe('queued');
    expect(await manager.result(handle.id)).toBe(3);
    expect(manager.status(handle.id)).toBe('done');
    expect(manager.cancel(handle.id)).toBe(false);
    expect(manager.status('nobody')).toBeUndefined();
    expect(manager.result('nobody')).toBeUndefined();
    const second = manager.submit(work('ignore'));
    expect(manager.cancel(second.id)).toBe(true);
    expect(manager.status(second.id)).toBe('cancelled');
  });

  it('takes functions that are written where there is no file', async () => {
    const source = JSON.stringify(require.resolve('../../src/manager/worker-manager.ts'));
    const text = `
      const { WorkerManager } = require(${source});
      const pool = new WorkerManager().threadPool({ size: 1 });
      pool.run(async (n, { require }) => n + typeof require('node:os').cpus, 'a ').then(console.log);
    `;
    expect(await runNode('-e', text)).toEqual({ code: 0, output: 'a function\n' });
  });

  it('knows the last tasks that have ended, and those that have not', async () => {
    const manager = makeManager();
    const pool = manager.inlinePool();
    const first = pool.submit(work('noop'));
    const runs = Array.from({ length: 5000 }, () => pool.run(work('noop')));
    await Promise.all(runs);
    const last = pool.submit(work('ignore'));
    for (let index = 0; index < 5000; index += 1)
      void pool.run(work('noop')).catch(() => undefined);
    expect(manager.status(first.id)).toBeUndefined();
    expect(manager.status(last.id)).toBe('queued');
  });

  it('comes with its provider, by class and by name, and closes its pools at shutdown', async () => {
    const events = new RecordingEvents();
    const app = new Application({
      providers: [ProcessServiceProvider, WorkersServiceProvider],
      config: { process: { workers: { size: 2, execArgv: SOURCE_WORKERS, thread: { size: 1 } } } },
    });
    app.instance(EventDispatcher, events.dispatcher);
    await app.boot();
    const manager = app.get(WorkerManager);
    expect(app.get('process.workers')).toBe(manager);
    expect(app.get(ProcessManager).workers()).toBe(manager);
    const pool = manager.defaultThreadPool();
    expect(pool.maxSize).toBe(1);
    expect(manager.defaultProcessPool().maxSize).toBe(2);
    expect(manager.threadPool({ max: 5 }).maxSize).toBe(5);
    const slow = pool.run(work('sleep'), 20, 'done');
    await app.shutdown();
    expect(await slow).toBe('done');
    expect(PoolClosedError.is(await failure(pool.run(work('add'), 1, 1)))).toBe(true);
    await until(() => events.names.includes('WorkerExited'));
    expect(events.names).toEqual([
      'TaskSubmitted',
      'WorkerReady',
      'TaskStarted',
      'TaskCompleted',
      'WorkerExited',
      'TaskSubmitted',
      'TaskFailed',
    ]);
  });

  it('loads into a worker neither the container nor the parser of functions', async () => {
    const pool = makeManager().processPool({ size: 1 });
    const loaded = await pool.run((context: TaskContext) => Object.keys(context.require.cache));
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((file) => /inversify|acorn|worker-pool/.test(file))).toEqual([]);
  });
});
