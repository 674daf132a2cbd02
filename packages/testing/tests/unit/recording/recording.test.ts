import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { fakeProcesses, installFakes } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('the recording', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(() => app.shutdown());

  it('holds what ran in order, with specification and result', async () => {
    processes.fake({ 'git *': processes.result('ok', '', 3) });
    await processes.command('git status').path('/tmp').timeout('5s').run();
    await processes.run(['git', 'log']);

    const [first, second] = processes.recorded();
    expect(first).toMatchObject({
      command: 'git status',
      running: false,
      stray: false,
      signals: [],
    });
    expect(first?.spec).toMatchObject({ cwd: '/tmp', timeoutMs: 5000 });
    expect(first?.result).toMatchObject({ exitCode: 3, stdout: 'ok\n' });
    expect(second?.command).toBe('git log');
  });

  it('is not changed by what happens to the description afterwards', async () => {
    processes.fake();
    const pending = processes.command('deploy').env({ STAGE: 'one' });
    await pending.run();
    await pending.env({ STAGE: 'two' }).path('/tmp').run();

    const [first, second] = processes.recorded();
    expect([first?.spec.env.set, first?.spec.cwd]).toEqual([{ STAGE: 'one' }, null]);
    expect([second?.spec.env.set, second?.spec.cwd]).toEqual([{ STAGE: 'two' }, '/tmp']);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it('gives snapshots: what was asked for does not change when a process ends', async () => {
    processes.fake(() => processes.describe().output('up').delay('1h'));
    const process = await processes.start('server');
    const [before] = processes.recorded();
    await process.stop();
    const [after] = processes.recorded();

    expect([before?.running, before?.result.exitCode, before?.signals]).toEqual([true, null, []]);
    expect([after?.running, after?.result.signal, after?.signals]).toEqual([
      false,
      'SIGTERM',
      ['SIGTERM'],
    ]);
  });

  it('says of a process that runs that it has not succeeded', async () => {
    processes.fake(() => processes.describe().output('up').delay('1h'));
    const process = await processes.start('server');
    const result = processes.recorded()[0]?.result;

    expect([result?.successful(), result?.failed(), result?.endedAt]).toEqual([false, true, null]);
    expect([result?.output(), result?.errorOutput(), result?.lines()]).toEqual(['', '', []]);
    expect([
      result?.bytes().length,
      result?.seeInOutput('u'),
      result?.seeInErrorOutput('u'),
    ]).toEqual([0, false, false]);
    expect(() => result?.throw()).toThrow('still runs');
    expect(() => result?.throwIf((it) => it.failed())).toThrow('still runs');
    expect(result?.throwUnless(true)).toBe(result);
    expect(() => result?.json()).toThrow('still runs');
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({ command: 'server', endedAt: null });
    await process.stop();
  });

  it('can be filtered by every kind of matcher', async () => {
    processes.fake({ 'make *': 2 });
    processes.fake({ 'npm *': '' });
    await processes.run('npm install');
    await processes.run('make all');
    await processes.run('make test');
    const names = (filter: Parameters<ProcessManager['recorded']>[0]): string[] =>
      processes.recorded(filter).map(({ command }) => command);

    expect(names('make all')).toEqual(['make all']);
    expect(names('make *')).toEqual(['make all', 'make test']);
    expect(names(/^npm/)).toEqual(['npm install']);
    expect(names(['make', 'test'])).toEqual(['make test']);
    expect(names((_, result) => result.exitCode === 2)).toEqual(['make all', 'make test']);
  });

  it('holds each attempt of a retried run with its own result', async () => {
    processes.fake({ flaky: processes.sequence([1, 'done']) });
    await processes.command('flaky').retry(1).run();
    expect(processes.recorded().map(({ result }) => result.exitCode)).toEqual([1, 0]);
  });

  it('does not take the result of an attempt that could not be started for that of the one before', async () => {
    processes.fake({ flaky: processes.sequence([1, new Error('gone')]) });
    await processes
      .command('flaky')
      .retry(1)
      .run()
      .catch(() => undefined);
    expect(processes.recorded().map(({ result }) => result.exitCode)).toEqual([1]);
  });

  it('keeps input as it was when it was written', async () => {
    processes.fake(() => processes.describe().output('up').delay(5));
    const process = await processes.command('server').interactive().start();
    await process.expect('up');
    const reused = Buffer.from('first');
    await process.write(reused);
    reused.fill('x');
    await process.wait();
    expect(String(processes.recorded()[0]?.input)).toBe('first');
  });

  it('holds the results of processes that middleware has described anew', async () => {
    processes.fake({ a: 2 });
    processes.use((spec, next) => next({ ...spec, tag: 'inner' }));
    processes.use(async (spec, next) => {
      await next(spec);
      return next({ ...spec, tag: 'again' });
    });
    await Promise.all([processes.run('a'), processes.command('a').retry(1).run()]);
    const ended = processes.recorded().filter(({ result }) => result.exitCode === 2);
    expect(ended.map(({ spec, result }) => [spec.tag, result.tag])).toEqual(
      Array(3).fill(['again', 'again']),
    );
    expect(processes.recorded()).toHaveLength(6);
  });

  it('holds results as middleware leaves them', async () => {
    processes.fake({ a: 'secret' });
    processes.use(async (spec, next) => {
      const result = await next({ ...spec, tag: 'replaced' });
      return result;
    });
    await processes.run('a');
    expect(processes.recorded()[0]?.spec.tag).toBe('replaced');
  });

  it('belongs to one manager', async () => {
    const other = await testingManager();
    const mine = fakeProcesses(app, { ls: 'mine' });
    const theirs = fakeProcesses(other.processes, { ls: 'theirs' });
    expect((await processes.run('ls')).stdout).toBe('mine\n');
    expect((await other.processes.run('ls')).stdout).toBe('theirs\n');
    await other.processes.run('ls');

    mine.assertRanCount(1);
    theirs.assertRanCount(2);
    await other.app.shutdown();
  });

  it('is the same by the manager and by the object that fakeProcesses returns', async () => {
    const fakes = fakeProcesses(app);
    await processes.run('ls');
    expect(fakes.recorded()).toEqual(processes.recorded());
    expect(installFakes(processes)).toBe(fakes);
    expect(processes.fake()).toBe(processes);
    expect(processes.assertRan('ls')).toBe(processes);
  });

  it('ends with restore', async () => {
    processes.fake({ '*': 'fake' });
    await processes.run('ls');
    expect(processes.isRecording()).toBe(true);

    // Hooks of runners may not return anything.
    const { restore }: { readonly restore: () => unknown } = processes;
    expect(restore()).toBeUndefined();

    expect(processes.isRecording()).toBe(false);
    expect(processes.recorded()).toEqual([]);
    processes.fake().assertPeakConcurrency(0);
  });
});
