import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { StrayProcessError } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('a stray process', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(() => app.shutdown());

  const strayOf = async (promise: Promise<unknown>): Promise<StrayProcessError> => {
    const error: unknown = await promise.catch((reason: unknown) => reason);
    expect(StrayProcessError.is(error)).toBe(true);
    return error as StrayProcessError;
  };

  it('can not start, run or started, as a string or a list', async () => {
    processes.preventStrayProcesses().fake({ 'git *': '' });
    const command = ['no-such-program', 'two words'];
    for (const attempt of [
      processes.run(command),
      processes.start(command),
      processes.run(command.join(' ')),
    ]) {
      const { message } = await strayOf(attempt);
      expect(message).toContain('no-such-program');
      expect(message).toContain('without a matching fake');
    }
    expect((await processes.run('git status')).successful()).toBe(true);
  });

  it('is prevented without any fake', async () => {
    processes.preventStrayProcesses();
    const { message } = await strayOf(processes.run(['node', '--version']));
    expect(message).toContain('No fakes are registered.');
    processes.assertNothingRan();
  });

  it('is described with the closest pattern and a fake to paste', async () => {
    processes.fake({ 'npm *': '', 'git push origin': '', ls: '' }).preventStrayProcesses();
    const error = await strayOf(processes.run(['git', 'push', 'orgin']));
    expect(error.message).toBe(
      [
        'Attempted process [git push orgin] without a matching fake.',
        'Registered: "ls", "git push origin", "npm *". Closest: "git push origin".',
        'To fake it:',
        "  Process.fake({ 'git push orgin': Process.result('…') })",
      ].join('\n'),
    );
    expect(error.spec.command).toMatchObject({ file: 'git' });
    expect(Object.keys(error)).not.toContain('spec');
  });

  it('is pasted as a valid string, whatever the command', async () => {
    processes.preventStrayProcesses();
    const { message } = await strayOf(processes.run(['say', `it's "so"\n`]));
    expect(message).toContain(
      String.raw`Process.fake({ "say it's \"so\"\n": Process.result('…') })`,
    );
  });

  it('is pasted by its beginning where it is long, as a pattern that means it', async () => {
    processes.preventStrayProcesses();
    const command = ['convert', ...Array.from({ length: 40 }, (_, index) => `file-${index}`)];
    const { message } = await strayOf(processes.run(command));
    const [, pattern = ''] = /fake\(\{ '(.*)': /.exec(message) ?? [];
    expect(pattern).toMatch(/^convert file-0 .* \*$/);
    expect(pattern.length).toBeLessThan(110);
    processes.fake({ [pattern]: 'faked' });
    expect((await processes.run(command)).output()).toBe('faked\n');
  });

  it('points at the line that asked for it', async () => {
    processes.preventStrayProcesses();
    const { stack } = await strayOf(processes.run('stray'));
    const [, first] = stack?.split(/\n(?=\s+at )/) ?? [];
    expect(first).toMatch(/stray-processes\.test\.ts/);
  });

  it('is not retried', async () => {
    processes.preventStrayProcesses();
    await strayOf(processes.command('stray').retry(3, '1h').run());
  });

  it('is a result in what never rejects', async () => {
    processes.preventStrayProcesses();
    const result = await processes.command('stray').launch().outcome;
    expect(StrayProcessError.is(result.error)).toBe(true);
  });
});
