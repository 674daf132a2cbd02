import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError, ProcessManager, type ProcessMiddleware } from '@proc/core';
import { EntrySkippedError, PoolStateError, ProcessPool } from '@proc/pool';
import { HandMadeCancellation } from '../support/hand-made-entry.js';
import { HandMadeResult, type ResultParts } from '../support/hand-made-result.js';
import { processManager } from '../support/process-manager.js';
import { settled } from '../support/settled.js';

/** A manager whose processes end when the test says so: a middleware answers in their place. */
class Desk {
  readonly processes: ProcessManager = processManager();
  readonly #open = new Map<string, (result: HandMadeResult) => void>();

  constructor() {
    const answer: ProcessMiddleware = ({ command }) =>
      new Promise((resolve) => {
        const name = command.kind === 'argv' ? [command.file, ...command.args].join(' ') : '';
        this.#open.set(name, resolve);
      });
    this.processes.use(answer);
  }

  get running(): string[] {
    return [...this.#open.keys()];
  }

  async end(name: string, parts: ResultParts = {}): Promise<void> {
    this.#open.get(name)?.(new HandMadeResult(parts));
    this.#open.delete(name);
    await settled();
  }
}

describe('a process pool', () => {
  test('runs no more commands at once than it may, in their order', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes, { concurrency: 2 });
    const results = ['a', 'b', 'c', 'd'].map((name) => pool.start(name));
    await settled();
    expect(desk.running).toEqual(['a', 'b']);
    expect(pool).toMatchObject({ size: 4, pending: 2, active: 2, concurrency: 2 });
    await desk.end('b', { stdout: 'B' });
    expect(desk.running).toEqual(['a', 'c']);
    for (const name of ['a', 'c', 'd']) await desk.end(name);
    expect((await results[1])?.stdout).toBe('B');
    await Promise.all(results);
    expect(pool.size).toBe(0);
  });

  test('runs five at once by default', async () => {
    expect(new ProcessPool(processManager()).concurrency).toBe(5);
    expect(() => new ProcessPool(processManager(), { concurrency: 0 })).toThrow(
      InvalidArgumentError,
    );
  });

  test('takes arguments and options', async () => {
    const desk = new Desk();
    const seen: (string | null)[] = [];
    desk.processes.use((spec, next) => {
      seen.push(spec.tag);
      return next(spec);
    });
    const pool = new ProcessPool(desk.processes);
    const first = pool.start('ls', ['-l'], { tag: 'first' });
    const second = pool.start('id -u', { tag: 'second' });
    await settled();
    expect(desk.running).toEqual(['ls -l', 'id -u']);
    await desk.end('ls -l');
    await desk.end('id -u');
    await Promise.all([first, second]);
  });

  test('rejects as a run does, and resolves for a failure', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes);
    const failing = pool.start('failing');
    const breaking = pool.start('breaking');
    await settled();
    const error = new HandMadeCancellation('gone');
    breaking.catch(() => undefined);
    await desk.end('failing', { exitCode: 1 });
    await desk.end('breaking', { exitCode: null, error });
    expect((await failing).exitCode).toBe(1);
    await expect(breaking).rejects.toBe(error);
  });

  test('refuses options that there are not', () => {
    const make = (options: unknown) => () => new ProcessPool(processManager(), options as never);
    expect(make({ concurency: 2 })).toThrow('"concurency". Did you mean "concurrency"?');
    expect(make(3)).toThrow(InvalidArgumentError);
    expect(make(null)).toThrow(InvalidArgumentError);
  });

  test('rejects what it can not run, and goes on', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes);
    await expect(pool.start('ls', { nonsense: 1 } as never)).rejects.toThrow(InvalidArgumentError);
    const good = pool.start('good');
    await settled();
    await desk.end('good');
    expect((await good).successful()).toBe(true);
  });

  test('tells when it is idle, as often as it becomes so', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes);
    await pool.onIdle();
    for (const name of ['first', 'second']) {
      const result = pool.start(name);
      let idle = false;
      const waiting = pool.onIdle().then(() => (idle = true));
      await settled();
      expect(idle).toBe(false);
      await desk.end(name);
      await waiting;
      await result;
    }
  });

  test('when closed finishes what it has and takes no more', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes, { concurrency: 1 });
    const results = [pool.start('a'), pool.start('b')];
    const closed = pool.close();
    await expect(pool.start('c')).rejects.toThrow(PoolStateError);
    await settled();
    await desk.end('a');
    await desk.end('b');
    await closed;
    await Promise.all(results);
    await pool.close();
  });

  test('takes a new width while it runs', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes, { concurrency: 1 });
    const results = ['a', 'b'].map((name) => pool.start(name));
    pool.concurrency = 2;
    await settled();
    expect(desk.running).toEqual(['a', 'b']);
    await desk.end('a');
    await desk.end('b');
    await Promise.all(results);
  });

  test('when stopped skips what waits, though nobody has to listen', async () => {
    const desk = new Desk();
    const pool = new ProcessPool(desk.processes, { concurrency: 1 });
    const running = pool.start('running');
    void pool.start('ignored');
    const waiting = pool.start('waiting');
    await settled();
    const stopped = pool.stop();
    const failure: unknown = await waiting.catch((error: unknown) => error);
    expect(EntrySkippedError.is(failure)).toBe(true);
    await expect(pool.start('more')).rejects.toThrow(PoolStateError);
    await desk.end('running');
    await stopped;
    await running;
    expect(pool.size).toBe(0);
  });
});
