import 'reflect-metadata';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CommandNotFoundError,
  InvalidArgumentError,
  ProcessFailedError,
  ProcessStartError,
  ResourceExhaustedError,
  secret,
  type Application,
  type ProcessManager,
} from '@proc/core';
import type { FakeHandlers } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('handlers', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(() => app.shutdown());

  const outputOf = async (command: string | readonly string[]): Promise<string> =>
    (await processes.run(command)).stdout.trim();

  it('serve different commands by their patterns', async () => {
    processes.fake({ 'git *': 'git', 'npm run *': 'npm' });
    expect([await outputOf('git status'), await outputOf(['npm', 'run', 'build'])]).toEqual([
      'git',
      'npm',
    ]);
  });

  it.each([
    ['has no more', (): unknown => processes.sequence([])],
    ['is none', (): unknown => () => ({ no: 'fake' })],
  ])('name the command without its secrets where one %s', async (_, handler) => {
    processes.fake({ 'deploy *': handler() } as FakeHandlers);
    const run = processes.command(['deploy', '--to', 'here', secret('hunter2')]).run();
    const error = (await run.catch((reason: unknown) => reason)) as Error;
    expect(inspect(error, { depth: 5 })).toContain('[deploy --to here ');
    expect(inspect(error, { depth: 5 })).not.toContain('hunter2');
  });

  it('match commands of several lines', async () => {
    processes.fake({ '*--branch main*': 'main', '*--branch dev*': 'dev' });
    expect(await outputOf('git clone \\\n  --branch dev \\\n  repository')).toBe('dev');
  });

  it('may be a number, which is the exit code', async () => {
    processes.fake({ false: 1, 'exit 255': 255 });
    expect((await processes.run('false')).exitCode).toBe(1);
    expect((await processes.run('exit 255')).exitCode).toBe(255);
  });

  it('may be a signal that ends the process', async () => {
    processes.fake({
      a: processes.result({ signal: 'SIGSEGV' }),
      b: processes.describe().output('x').signal(9),
    });
    expect((await processes.run('a')).signal).toBe('SIGSEGV');
    expect((await processes.run('b')).signal).toBe('SIGKILL');
    expect(() => processes.result({ signal: 'SIGNOPE' as never })).toThrow(InvalidArgumentError);
  });

  it('may be functions of the specification and the launch, also asynchronous ones', async () => {
    processes.fake({
      'who *': (spec) => `tagged ${String(spec.tag)}`,
      'env *': async (_, launch) => {
        await new Promise((resolve) => setImmediate(resolve));
        return processes.result({ output: launch.env['NAME'] ?? 'none', exitCode: 4 });
      },
    });
    const who = await processes.command('who am i').tag('me').run();
    const env = await processes.command('env x').env({ NAME: 'value' }).run();
    expect(who.stdout).toBe('tagged me\n');
    expect([env.stdout, env.exitCode]).toEqual(['value\n', 4]);
  });

  it('decide for everything when there is only a function', async () => {
    processes.fake((spec) => (spec.command.kind === 'argv' ? spec.command.file : 'shell'));
    expect([await outputOf('ls -l'), await outputOf('ls | wc')]).toEqual(['ls', 'shell']);
  });

  it('come in a Map or a list of pairs as well, with patterns of any kind', async () => {
    processes.fake(
      new Map<string | RegExp, string>([
        ['ls *', 'map'],
        [/^cat /, 'map by expression'],
      ]),
    );
    processes.fake([
      [['git', 'push'], 'pairs by argv'],
      [(spec) => spec.tag === 'x', 'pairs by predicate'],
    ]);
    expect(await outputOf('ls -l')).toBe('map');
    expect(await outputOf('cat file')).toBe('map by expression');
    expect(await outputOf('git push')).toBe('pairs by argv');
    expect((await processes.command('whatever').tag('x').run()).stdout).toBe(
      'pairs by predicate\n',
    );
  });

  describe('of which several match', () => {
    it('give way to those registered by a later call', async () => {
      processes.fake({ 'ls *': 'first' });
      processes.fake({ '*': 'second' });
      expect(await outputOf('ls -l')).toBe('second');
      processes.fake({ 'ls *': 'third' });
      expect(await outputOf('ls -l')).toBe('third');
      expect(await outputOf('cat')).toBe('second');
    });

    it('give way to the more specific of an object, whatever its order', async () => {
      processes.fake({ 'git push *': 'push', '*': 'all', 'git *': 'git', 'git push -f': 'exact' });
      expect(await outputOf('git push -f')).toBe('exact');
      expect(await outputOf('git push -v')).toBe('push');
      expect(await outputOf('git log')).toBe('git');
      expect(await outputOf('ls')).toBe('all');
    });

    it('give way to the last of a list of pairs', async () => {
      processes.fake([
        ['git push', 'specific'],
        ['git *', 'general'],
      ]);
      expect(await outputOf('git push')).toBe('general');
    });

    it('are all forgotten when everything is faked anew', async () => {
      processes.fake({ ls: 'listed' });
      processes.fake(() => 'new');
      expect(await outputOf('ls')).toBe('new');
      processes.fake();
      expect(await outputOf('ls')).toBe('');
    });
  });

  describe('that are errors', () => {
    it('make the start fail, with the error as the cause', async () => {
      const error = new Error('boom');
      processes.fake({ bad: error });
      const failure = (await processes.run('bad').catch((reason: unknown) => reason)) as Error;
      expect(ProcessStartError.is(failure)).toBe(true);
      expect(failure.message).toContain('boom');
      expect(failure.cause).toBe(error);
      await expect(processes.start('bad')).rejects.toThrow('boom');
    });

    it('are given on as they are when they are errors of this project', async () => {
      const error = new InvalidArgumentError('mine');
      processes.fake({ bad: error });
      await expect(processes.run('bad')).rejects.toBe(error);
    });

    it('become the typed error of their code, whatever is installed here', async () => {
      processes.fake({
        node: processes.describe().startError('ENOENT'),
        busy: Object.assign(new Error('spawn busy EAGAIN'), { code: 'EAGAIN' }),
      });
      const missing: unknown = await processes.run('node').catch((reason: unknown) => reason);
      const busy: unknown = await processes.run('busy').catch((reason: unknown) => reason);
      expect(CommandNotFoundError.is(missing)).toBe(true);
      expect(ResourceExhaustedError.is(busy)).toBe(true);
    });

    it.each([
      ['ENOENT', 'ERR_PROC_COMMAND_NOT_FOUND', 'it was not found in PATH (job).'],
      ['EACCES', 'ERR_PROC_NOT_EXECUTABLE', 'job may not be executed.'],
      ['EPERM', 'ERR_PROC_NOT_EXECUTABLE', 'permission denied (EPERM).'],
      ['ENOEXEC', 'ERR_PROC_NOT_EXECUTABLE', 'job has no executable format.'],
      ['ENOTDIR', 'ERR_PROC_WORKING_DIRECTORY', 'the working directory is not a directory (/).'],
      ['E2BIG', 'ERR_PROC_ARGUMENT_LIST_TOO_LONG', 'its arguments and environment are too long.'],
      [
        'EAGAIN',
        'ERR_PROC_RESOURCE_EXHAUSTED',
        'the limit of processes has been reached (EAGAIN). Raise the limit (ulimit -u), or run fewer',
      ],
      [
        'EMFILE',
        'ERR_PROC_RESOURCE_EXHAUSTED',
        'this process has no file descriptor left (EMFILE). Raise the limit (ulimit -n), or run fewer',
      ],
      ['ENOMEM', 'ERR_PROC_RESOURCE_EXHAUSTED', 'there is not enough memory (ENOMEM).'],
      ['EIO', 'ERR_PROC_START', 'spawn EIO'],
    ])('have by %s the class and the message of a real start', async (code, type, message) => {
      processes.fake({ job: processes.describe().startError(code) });
      await expect(processes.command('job').path('/').run()).rejects.toMatchObject({
        code: type,
        message: expect.stringContaining(
          `The command "job" could not be started: ${message}`,
        ) as unknown,
        cause: { code },
      });
    });

    it('may be thrown by a function', async () => {
      processes.fake(() => {
        throw new Error('thrown');
      });
      await expect(processes.run('bad')).rejects.toThrow('thrown');
    });

    it('are no processes that ran', async () => {
      processes.fake({ bad: new Error('boom') });
      await processes.run('bad').catch(() => undefined);
      processes.assertNothingRan();
    });
  });

  it('of no known kind are refused with the command', async () => {
    processes.fake({ 'bad *': (() => undefined) as never, worse: [1, 2] as never });
    await expect(processes.run('bad one')).rejects.toThrow(/\[bad one\] is undefined/);
    await expect(processes.run('worse')).rejects.toThrow(/list of other things/);
  });

  it('must be a collection or a function', () => {
    expect(() => processes.fake('output' as unknown as FakeHandlers)).toThrow(InvalidArgumentError);
    expect(() => processes.fake(['ls'] as unknown as FakeHandlers)).toThrow(/pairs/);
  });

  it('give results that throw like real ones', async () => {
    processes.fake({ fails: processes.result({ errorOutput: 'why', exitCode: 2 }) });
    const result = await processes.run('fails');
    const thrown = (() => {
      try {
        return result.throw();
      } catch (error) {
        return error;
      }
    })();
    expect(ProcessFailedError.is(thrown)).toBe(true);
    expect((thrown as Error).message).toContain('why');
    expect(result.throwIf(false)).toBe(result);
    expect(() => result.throwIf(true)).toThrow();
  });

  describe('sequences', () => {
    it('are used up in order, each by its pattern', async () => {
      processes.fake({
        'ls *': processes.sequence().push('one').push(1).push(processes.describe().output('three')),
        cat: 'cat',
      });
      const first = await processes.run('ls -l');
      const cat = await processes.run('cat');
      const second = await processes.run('ls -a');
      const third = await processes.run('ls -b');
      expect([first.stdout, cat.stdout, second.exitCode, third.stdout]).toEqual([
        'one\n',
        'cat\n',
        1,
        'three\n',
      ]);
    });

    it('can be made of a list, of functions and of other sequences', async () => {
      processes.fake({
        '*': processes
          .sequence([0, () => 'function', processes.sequence(['nested'])])
          .pushFailure(7, 'bad'),
      });
      expect((await processes.run('x')).exitCode).toBe(0);
      expect(await outputOf('x')).toBe('function');
      expect(await outputOf('x')).toBe('nested');
      const failed = await processes.run('x');
      expect([failed.exitCode, failed.stderr]).toEqual([7, 'bad\n']);
    });

    it('make the start fail when they are used up', async () => {
      processes.fake({ 'x *': processes.sequence().push('one') });
      await processes.run('x 1');
      await expect(processes.run('x 2')).rejects.toMatchObject({
        code: 'ERR_PROC_SEQUENCE_EMPTY',
        message: expect.stringMatching(/^A sequence .* another process \[x 2\], but all/),
      });
    });

    it('go on with what whenEmpty says', async () => {
      const sequence = processes.sequence().push(1).whenEmpty('more');
      processes.fake({ x: sequence, y: processes.sequence().dontFailWhenEmpty() });
      expect(sequence.isEmpty()).toBe(false);
      await processes.run('x');
      expect(sequence.isEmpty()).toBe(true);
      expect([await outputOf('x'), await outputOf('x'), await outputOf('y')]).toEqual([
        'more',
        'more',
        '',
      ]);
    });

    it('serve retries one after the other', async () => {
      processes.fake({ flaky: processes.sequence().pushFailure().pushFailure().push('done') });
      const result = await processes.command('flaky').retry(3).run();
      expect([result.stdout, result.attempts]).toEqual(['done\n', 3]);
      processes.assertRanTimes('flaky', 3).assertSequencesEmpty();
    });
  });
});
