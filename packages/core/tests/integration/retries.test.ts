import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  InvalidArgumentError,
  MiddlewareError,
  ProcessCancelledError,
  ProcessCompleted,
  ProcessRetrying,
  type ProcessError,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

const rejection = async (run: Promise<unknown>): Promise<ProcessError> =>
  run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );

onEveryDriver('a retried run', ({ manager, recorded }) => {
  let directory: string;
  let log: string;

  /** Exits 1 until it has been run so many times, then 0. */
  const flaky = (times: number): readonly string[] =>
    sh('echo x >> "$1"; echo "run $(wc -l < "$1")"; [ $(wc -l < "$1") -ge "$2" ]', log, `${times}`);
  const runs = (): number => readFileSync(log, 'utf8').split('\n').length - 1;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'retries-'));
    log = join(directory, 'log');
    appendFileSync(log, '');
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('ends with the first success', async () => {
    const result = await manager().command(flaky(3)).retry(5).run();
    expect([result.exitCode, result.attempts, runs()]).toEqual([0, 3, 3]);
    expect(result.stdout).toMatch(/^run +3\n$/);
  });

  it('ends with the last failure when there are no attempts left', async () => {
    const result = await manager().command(flaky(9)).retry(2).run();
    expect([result.exitCode, result.attempts, runs()]).toEqual([1, 3, 3]);
  });

  it('asks the predicate with result and attempt', async () => {
    const asked: unknown[] = [];
    const when = async (result: { exitCode: number | null }, attempt: number): Promise<boolean> => {
      asked.push([result.exitCode, attempt]);
      return attempt < 2;
    };
    const result = await manager().command(flaky(9)).retry({ times: 5, when }).run();
    expect(asked).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(result.attempts).toBe(2);
  });

  it('ends with a typed error when the predicate throws', async () => {
    const mine = new Error('no idea');
    const when = (): never => {
      throw mine;
    };
    const error = await rejection(manager().command(flaky(9)).retry({ times: 5, when }).run());
    expect(MiddlewareError.is(error)).toBe(true);
    expect(error.cause).toBe(mine);
    expect(runs()).toBe(1);
  });

  it('announces each further attempt, its delay growing by the factor', async () => {
    const { manager: processes, events } = recorded();
    await processes.command(flaky(4)).retry({ times: 5, delay: 2, factor: 3 }).run();
    const retries = events.of(ProcessRetrying);
    expect(retries.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 2],
      [2, 6],
      [3, 18],
    ]);
    expect(new Set(events.of(ProcessCompleted).map(({ runId }) => runId)).size).toBe(1);
    expect(events.of(ProcessCompleted).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  });

  it('is cut short by an abort during the delay', async () => {
    const { manager: processes, events } = recorded();
    const controller = new AbortController();
    events.onEvent = (event) => {
      if (event.name === 'ProcessRetrying') setImmediate(() => controller.abort('enough'));
    };
    const run = processes.command(flaky(9)).retry(5, '1h').abortWith(controller.signal).run();
    expect(ProcessCancelledError.is(await rejection(run))).toBe(true);
    expect(runs()).toBe(1);
  });

  it('makes no further attempt once it is stopped', async () => {
    const { manager: processes, events } = recorded();
    const launched = processes.command(flaky(9)).retry(5, '1h').launch();
    const retrying = new Promise<void>((resolve) => {
      events.onEvent = (event) => {
        if (event.name === 'ProcessRetrying') setImmediate(resolve);
      };
    });
    await retrying;
    expect(launched.running()).toBe(true);
    expect(await launched.stop()).toMatchObject({ exitCode: 1, attempts: 1 });
    expect([launched.running(), runs()]).toEqual([false, 1]);
  });

  it('tries again after a timeout and after a failed start, but not after a cancellation', async () => {
    const processes = manager();
    const late = processes.command(['sleep', '1000']).timeout(20).retry(1);
    expect((await late.launch().outcome).attempts).toBe(2);
    const missing = processes.command(['not-there-at-all']).retry(2);
    expect((await missing.launch().outcome).attempts).toBe(3);
    const aborted = processes.command(['true']).abortWith(AbortSignal.abort()).retry(2);
    expect((await aborted.launch().outcome).attempts).toBe(1);
  });

  it('does not apply to start()', async () => {
    const process = await manager().command(flaky(9)).retry(5).start();
    expect(await process.wait()).toMatchObject({ exitCode: 1, attempts: 1 });
  });

  it('asks whoever launches it for its input at each attempt', async () => {
    const pending = manager().command(sh('cat; exit 1')).retry(2);
    const stdio = {
      get stdin() {
        return Readable.from(['input'], { objectMode: false });
      },
    };
    expect(await pending.launch({ stdio }).outcome).toMatchObject({ stdout: 'input', attempts: 3 });
  });

  it('refuses an input that can be read only once, and reads any other again', async () => {
    const processes = manager();
    const once = (function* () {
      yield 'x';
    })();
    const error = await rejection(processes.command(['cat']).input(once).retry(1).run());
    expect(InvalidArgumentError.is(error)).toBe(true);
    const twice = processes.command(sh('cat; exit 1')).input(['a', 'b']).retry(1);
    expect(await twice.run()).toMatchObject({ stdout: 'ab', attempts: 2 });
  });
});
