import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  ProcessFailedError,
  type Application,
  type ProcessManager,
  type RunningProcess,
} from '@proc/core';
import type { FakeProcessDescription } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('a fake, as Laravel has it', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(() => app.shutdown());

  it('of a sequence goes on through commands with variables of their own', async () => {
    processes.fake({
      'npm run *': processes.sequence().push('one').push('two'),
      '*': 'other',
    });
    const run = async (env: Record<string, string>, command: string): Promise<string> =>
      (await processes.env(env).run(command)).stdout;
    expect([
      await run({ A: '1', B: '2' }, 'npm run build'),
      await run({ A: '3' }, 'ls'),
      await run({ A: '4', B: '5', C: '6' }, 'npm run test'),
    ]).toEqual(['one\n', 'other\n', 'two\n']);
    processes.assertRanTimes('npm run *', 2);
    processes.assertRan(
      (spec) =>
        spec.command.kind === 'argv' && spec.env.set['C'] === '6' && spec.env.set['A'] === '4',
    );
  });

  it.each([
    ['nothing else where it prints nothing', {}, ''],
    ['its stderr', { errorOutput: 'problem' }, '\nError output:\nproblem'],
    ['its stdout where stderr is empty', { output: 'finding' }, '\nOutput:\nfinding'],
  ])('that fails throws a message of command, exit code and %s', async (_, printed, rest) => {
    processes.fake({ deploy: processes.result({ ...printed, exitCode: 3 }) });
    const result = await processes.run('deploy');
    const fail = (): unknown => result.throw();
    expect(fail).toThrow(ProcessFailedError);
    expect(fail).toThrow(
      new Error(`The command "deploy" failed with exit code 3 (Unknown error).${rest}`),
    );
  });

  it('keeps the fakes of the run, not of the moment when it was described', async () => {
    const described = processes.command('ls');
    processes.fake({ ls: 'first' });
    expect((await described.run()).stdout).toBe('first\n');
    processes.fake({ ls: 'second' });
    expect((await described.run()).stdout).toBe('second\n');
  });

  it('does not time out while no time passes in it', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      processes.fake(() => processes.describe().output('ONE').output('TWO'));
      const process = await processes.command('x').timeout(1).idleTimeout(1).start();
      const result = await process.wait();
      process.ensureNotTimedOut();
      expect([result.stdout, result.timedOut]).toEqual(['ONE\nTWO\n', false]);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('waiting for a fake, as Laravel has it', () => {
  let app: Application;
  let processes: ProcessManager;
  let process: RunningProcess;
  let seen: string[];

  const describeLines = (): FakeProcessDescription =>
    processes.describe().output('ONE').errorOutput('TWO').output('THREE').iterations(3);
  /** Writes down what it is shown, and is content with the line. */
  const until = (line: string) => (type: string, text: string) => {
    seen.push(`${type} ${text.trim()}`);
    return text.trim() === line;
  };
  const note = (type: string, text: string): void => void seen.push(`${type} ${text.trim()}`);

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake(describeLines);
    process = await processes.start('command');
    seen = [];
  });

  afterEach(() => app.shutdown());

  it('shows waitUntil() the lines of both streams in their order, up to the one it waits for', async () => {
    const result = await process.waitUntil(until('TWO'));
    expect(seen).toEqual(['out ONE', 'err TWO']);
    expect([result.exitCode, result.endedAt]).toEqual([null, null]);
  });

  it('shows a second waitUntil() what comes after that line', async () => {
    await process.waitUntil(until('ONE'));
    await process.waitUntil(until('TWO'));
    expect(seen).toEqual(['out ONE', 'err TWO']);
  });

  it('shows a waitUntil() that waits in vain each line once, and ends', async () => {
    const result = await process.waitUntil(until('NEVER'));
    expect(seen).toEqual(['out ONE', 'err TWO', 'out THREE']);
    expect(result.successful()).toBe(true);
  });

  it('takes waitUntil() without a test for wait()', async () => {
    const result = await process.waitUntil();
    expect([result.output(), result.errorOutput()]).toEqual(['ONE\nTHREE\n', 'TWO\n']);
  });

  it('shows wait() after waitUntil() only the rest', async () => {
    await process.waitUntil(until('ONE'));
    await process.wait(note);
    expect(seen).toEqual(['out ONE', 'err TWO', 'out THREE']);
  });

  it('shows a second wait() nothing new', async () => {
    await process.wait(note);
    await process.wait(note);
    expect(seen).toEqual(['out ONE', 'err TWO', 'out THREE']);
  });

  it('shows waitUntil() after wait() what no waitUntil() has seen', async () => {
    await process.wait();
    await process.waitUntil(until('NEVER'));
    await process.waitUntil(until('NEVER'));
    expect(seen).toEqual(['out ONE', 'err TWO', 'out THREE']);
  });
});
