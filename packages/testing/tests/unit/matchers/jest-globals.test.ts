import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { fakeProcesses } from '@proc/testing';
import '@proc/testing/jest-globals';
import { testingManager } from '../../support/testing-manager.js';

describe('a matcher', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake({
      'git *': 'ok',
      'make *': processes.result({ output: 'a\nb', errorOutput: 'no rule\n', exitCode: 2 }),
      server: processes.describe().output('up').delay('1h'),
    });
  });

  afterEach(() => app.shutdown());

  it('is asked of a manager, an application, its fakes, and a facade', async () => {
    await processes.run('git status');
    const facade = new Proxy({} as ProcessManager, {
      get: (_, name) => (name === 'application' ? app : (Reflect.get(processes, name) as unknown)),
      has: (_, name) => ['application', 'useApplication'].includes(String(name)),
    });
    for (const subject of [processes, app, fakeProcesses(app, {}), facade]) {
      expect(subject).toHaveRun('git *');
      expect(subject).not.toHaveRun('git push');
    }
  });

  it('takes commands as the assertions do', async () => {
    await processes.run(['git', 'commit', '-m', 'first try']);
    await processes.run('make all');
    expect(processes).toHaveRun('git commit -m first try');
    expect(processes).toHaveRun("git commit -m 'first try'");
    expect(processes).toHaveRun('*commit*');
    expect(processes).toHaveRun(/^make/);
    expect(processes).toHaveRun(['make', 'all']);
    expect(processes).toHaveRun((_, result) => result.exitCode === 2);
    expect(processes).not.toHaveRun((spec) => spec.tag === 'x');
    expect(processes).toHaveRunTimes('git *', 1);
    expect(processes).not.toHaveRunTimes('git *', 2);
    expect(processes).not.toHaveRunTimes('git *', 0);
    expect(processes).toHaveRunTimes('rm *', 0);
    expect(processes).toHaveRunInOrder(['git *', 'make *']);
    expect(processes).not.toHaveRunInOrder(['make *', 'git *']);
    expect(processes).not.toHaveRunInOrder(['git *']);
  });

  it('counts each attempt of a retried run, and no run twice', async () => {
    processes.fake({ flaky: processes.sequence([1, 1, 'done']) });
    await processes.command('flaky').retry(2).run();
    expect(processes).toHaveRunTimes('flaky', 3);
    await processes.command('git status').retry(2).run();
    expect(processes).toHaveRunTimes('git status', 1);
  });

  it('is asked of a result', async () => {
    const good = await processes.run('git status');
    const bad = await processes.run('make all');
    expect(good).toHaveSucceeded();
    expect(good).toHaveExitedWith(0);
    expect(bad).not.toHaveSucceeded();
    expect(bad).toHaveExitedWith(2);
    expect(bad).not.toHaveExitedWith(1);
    expect(bad).toHaveOutput('a\nb');
    expect(bad).toHaveOutput(['a', 'b']);
    expect(bad).toHaveOutput('a*');
    expect(bad).toHaveOutput(/^b$/m);
    expect(bad).toHaveOutput((output) => output.length === 4);
    expect(bad).toHaveOutput('no rule', 'err');
    expect(bad).not.toHaveOutput('a');
    expect(bad).not.toHaveOutput(['a']);
    expect(bad).not.toHaveOutput('no rule');
    expect(good).not.toHaveBeenSignalled();
  });

  it('is not content with an exit code where there was an error', async () => {
    processes.use(async (spec, next) => {
      await next(spec);
      throw new Error('of a middleware');
    });
    const result = await processes.command('git status').launch().outcome;
    expect(result).toHaveExitedWith(0);
    expect(result).not.toHaveSucceeded();
  });

  it('waits for the end of a process that runs', async () => {
    const make = await processes.start('make all');
    await expect(make).toHaveExitedWith(2);
    await expect(make).not.toHaveSucceeded();
    const git = await processes.start('git status');
    await expect(git).toHaveSucceeded();
    await expect(expect(git).not.toHaveSucceeded()).rejects.toThrow(/not to have succeeded/);
    const late = await processes.command('server').timeout('5ms').start();
    await expect(late).not.toHaveSucceeded();
  });

  it('looks at what a process has printed so far, and at the signals it was sent', async () => {
    const server = await processes.start('server');
    await server.expect('up');
    expect(server).toHaveOutput('up');
    expect(server).not.toHaveOutput('up', 'err');
    expect(server).not.toHaveBeenSignalled();
    const result = await server.stop();
    expect(server).toHaveBeenSignalled('SIGTERM');
    expect(server).toHaveBeenSignalled(15);
    expect(server).not.toHaveBeenSignalled('SIGKILL');
    expect(result).toHaveBeenSignalled('SIGTERM');
    expect(result).not.toHaveBeenSignalled('SIGKILL');
    expect(processes).toHaveBeenSignalled('server', 'SIGTERM');
    expect(processes).toHaveBeenSignalled('server');
    expect(processes).not.toHaveBeenSignalled('git *');
  });

  it('sees fakes that are left running', async () => {
    expect(processes).toHaveLeftNoProcesses();
    const server = await processes.start('server');
    expect(processes).not.toHaveLeftNoProcesses();
    await server.stop();
    expect(app).toHaveLeftNoProcesses();
  });

  it('fails in both directions where nothing is recorded', () => {
    processes.restore();
    for (const ask of [
      () => expect(processes).toHaveRun('x'),
      () => expect(processes).not.toHaveRun('x'),
      () => expect(processes).toHaveRunTimes('x', 0),
      () => expect(processes).not.toHaveBeenSignalled('x'),
    ]) {
      expect(ask).toThrow(/Nothing is recorded/);
    }
  });

  it('refuses subjects that it can not be asked of', async () => {
    for (const subject of [undefined, null, 42, 'git status', {}, processes.run('git status')]) {
      for (const ask of [
        () => expect(subject).toHaveRun('x'),
        () => expect(subject).not.toHaveRun('x'),
        () => expect(subject).toHaveSucceeded(),
        () => expect(subject).toHaveOutput('x'),
        () => expect(subject).not.toHaveLeftNoProcesses(),
      ]) {
        expect(ask).toThrow(/^Expected (a process manager|the result of a process)/);
      }
    }
    expect(() => expect(processes).not.toHaveBeenSignalled(undefined as never)).toThrow(
      'Say which command',
    );
  });
});
