import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Application,
  ProcessManager,
  ProcessServiceProvider,
  UnsupportedCapabilityError,
  type DriverCapabilities,
} from '@proc/core';
import { FakeDriver, fakeProcesses, installFakes, TestingServiceProvider } from '@proc/testing';
import { testingManager } from '../support/testing-manager.js';

const node = (script: string): readonly string[] => [process.execPath, '-e', script];

describe('what no fake is registered for', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(() => app.shutdown());

  it('really runs, and is not recorded', async () => {
    processes.fake({ 'git *': 'fake' });
    const result = await processes.run(node(`process.stdout.write('real'); process.exitCode = 5`));
    expect([result.stdout, result.exitCode]).toEqual(['real', 5]);
    expect((await processes.run('git log')).stdout).toBe('fake\n');
    processes.assertRanInOrder(['git log']);
  });

  it('is recorded when that is asked for, marked as stray', async () => {
    processes.fake({ 'git *': 'fake' }, { recordStrays: true });
    const process = await processes.start(
      node(`process.stdout.write('up'); setInterval(() => {}, 1000)`),
    );
    await process.expect('up');
    expect((await process.stop()).signal).toBe('SIGTERM');
    await processes.run('git log');

    const [stray, fake] = processes.recorded();
    expect([stray?.stray, stray?.result.signal, stray?.signals]).toEqual([
      true,
      'SIGTERM',
      ['SIGTERM'],
    ]);
    expect(fake?.stray).toBe(false);
    processes.assertSignalled(/setInterval/, 'SIGTERM').assertRanCount(2);
  });

  it('really runs again after restore, also what was faked', async () => {
    const command = node(`process.stdout.write('real')`);
    processes.fake().preventStrayProcesses();
    expect((await processes.run(command)).stdout).toBe('');

    processes.restore();

    expect((await processes.run(command)).stdout).toBe('real');
  });

  it('reaches descriptions that were made before the fake', async () => {
    const pending = processes.command(node(`process.stdout.write('real')`));
    expect((await pending.run()).stdout).toBe('real');
    processes.fake(() => 'fake');
    expect((await pending.run()).stdout).toBe('fake\n');
  });

  it('is refused what its driver can not do, as without fakes', async () => {
    const capabilities: DriverCapabilities = {
      ...new FakeDriver().capabilities,
      mergeStderr: false,
    };
    const start = (): never => {
      throw new Error('started');
    };
    processes.extend('poor', () => ({ name: 'poor', capabilities, start }));
    processes.fake();
    const failure: unknown = await processes
      .command('x')
      .driver('poor')
      .mergeStderr()
      .run()
      .catch((error: unknown) => error);
    expect(UnsupportedCapabilityError.is(failure)).toBe(true);
  });
});

describe('the driver "fake"', () => {
  it('can be chosen in the configuration: everything succeeds, and is recorded', async () => {
    const { app, processes } = await testingManager({ default: 'fake' });
    const process = await processes.start(['no-such-program']);
    const result = await process.wait();
    expect([result.exitCode, result.stdout, process.driver]).toEqual([0, '', 'fake']);
    processes.assertRan('no-such-program').assertRan((_, { exitCode }) => exitCode === 0);
    await app.shutdown();
  });

  it('can be chosen by the environment', async () => {
    const before = process.env['PROC_DRIVER'];
    process.env['PROC_DRIVER'] = 'fake';
    const app = new Application({ providers: [ProcessServiceProvider, TestingServiceProvider] });
    try {
      await app.boot();
      expect((await app.get(ProcessManager).run('no-such-program')).successful()).toBe(true);
    } finally {
      if (before === undefined) delete process.env['PROC_DRIVER'];
      else process.env['PROC_DRIVER'] = before;
      await app.shutdown();
    }
  });

  it('can be chosen per call beside a real one', async () => {
    const { app, processes } = await testingManager();
    const fake = await processes.command(node(`process.stdout.write('real')`)).driver('fake').run();
    const real = await processes.run(node(`process.stdout.write('real')`));
    expect([fake.stdout, real.stdout]).toEqual(['', 'real']);
    await app.shutdown();
  });

  it('serves fakes that are registered, and prevents strays', async () => {
    const { app, processes } = await testingManager({ default: 'fake' });
    processes.fake({ ls: 'listed' });
    expect((await processes.run('ls')).stdout).toBe('listed\n');
    expect((await processes.run('cat')).stdout).toBe('');
    processes.preventStrayProcesses();
    await expect(processes.run('cat')).rejects.toThrow('without a matching fake');
    processes.assertRanInOrder(['ls', 'cat']);
    await app.shutdown();
  });

  it('can be registered by hand with fakes of its own', async () => {
    const app = new Application({
      providers: [ProcessServiceProvider],
      config: { process: { default: 'fake' } },
    });
    const processes = app.get(ProcessManager);
    const started: string[] = [];
    processes.extend('fake', () => {
      const onStart = ({ file }: { readonly file: string }): void => void started.push(file);
      return new FakeDriver({ fakes: { 'ls *': 'listed' }, onStart });
    });
    expect((await processes.run('ls -l')).stdout).toBe('listed\n');
    expect((await processes.run('cat')).stdout).toBe('');
    expect(started).toEqual(['ls', 'cat']);
    await app.shutdown();
  });
});

describe('installing fakes', () => {
  it('works without the provider', async () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    await app.boot();
    const processes = app.get(ProcessManager);
    expect(processes.hasMacro('fake')).toBe(false);
    installFakes(processes);
    expect(processes.hasMacro('fake')).toBe(true);
    expect(processes.isRecording()).toBe(false);
    fakeProcesses(processes, { ls: 'x' });
    expect((await processes.run('ls')).stdout).toBe('x\n');
    await app.shutdown();
  });

  it('is undone when the application shuts down', async () => {
    const { app, processes } = await testingManager();
    processes.fake();
    await app.shutdown();
    expect(processes.isRecording()).toBe(false);
  });

  it('leaves no kernel pipes to pipelines, which fakes have not', async () => {
    const { app, processes } = await testingManager();
    processes.fake();
    expect(processes.command('x').driverCapabilities().kernelPipes).toBe(false);
    await app.shutdown();
  });
});
