import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import {
  Application,
  ProcessManager,
  createProcess,
  defaultProviders,
  processModule,
} from '@proc/process';
import '@proc/testing';
import { Container } from 'inversify';

const MANAGERS = {
  'of its own': () => createProcess(),
  'of an application': async () => {
    const app = new Application({ providers: defaultProviders });
    await app.boot();
    return app.get(ProcessManager);
  },
  'of a container': async () => {
    const container = new Container();
    await container.load(processModule({}));
    return container.get(ProcessManager);
  },
};

it.each(Object.entries(MANAGERS))(
  'a manager %s can be faked where the package is imported, without a provider',
  async (_, make) => {
    const processes = await make();
    const { fake } = processes;
    const answer = fake({ 'git *': processes.sequence(['main', 3]) }).preventStrayProcesses();
    expect(answer).toBe(processes);

    expect((await processes.run('git branch')).output()).toBe('main\n');
    expect((await processes.run('git push')).exitCode).toBe(3);
    await expect(processes.run('rm -r build')).rejects.toMatchObject({
      code: 'ERR_PROC_STRAY_PROCESS',
    });

    processes.assertRanInOrder(['git branch', 'git push']);
    processes.acknowledgeStrays();
    await processes.shutdown();
  },
);

it('only the manager that is faked is', async () => {
  const [faked, real] = await Promise.all([createProcess(), createProcess()]);
  faked.fake();

  expect(real.hasMacro('fake')).toBe(false);
  expect((await real.run(['echo', 'real'])).output()).toBe('real\n');
  faked.assertNothingRan();
  await Promise.all([faked.shutdown(), real.shutdown()]);
});
