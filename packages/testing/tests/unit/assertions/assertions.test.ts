import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidArgumentError, ProcError, type Application, type ProcessManager } from '@proc/core';
import { AssertionFailedError } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('assertions', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake({ 'make *': 2 });
    processes.fake({ 'git *': 'ok' });
  });

  afterEach(() => app.shutdown());

  const failureOf = (assertion: () => unknown): AssertionFailedError => {
    try {
      assertion();
    } catch (error) {
      return error as AssertionFailedError;
    }
    throw new Error('The assertion held.');
  };

  it('refuse what can mean no process, and counts that are none, whether anything ran or not', async () => {
    const none = undefined as never;
    const refused = [
      () => processes.assertRan(none),
      () => processes.assertNotRan(none),
      () => processes.assertSignalled(none),
      () => processes.recorded(5 as never),
      () => processes.assertRanInOrder('git status' as never),
      () => processes.assertRanInOrder(['git status', none]),
      () => processes.assertRanTimes('git status', '1' as never),
    ];
    for (const assertion of refused) expect(assertion).toThrow(InvalidArgumentError);
    await processes.run('git status');
    for (const assertion of refused) expect(assertion).toThrow(InvalidArgumentError);
    expect(refused[4]).toThrow("given as a list; got 'git status'.");
  });

  it('find what ran by every kind of matcher', async () => {
    await processes.run(['git', 'commit', '-m', 'first try']);
    processes
      .assertRan('git commit -m first try')
      .assertRan("git commit -m 'first try'")
      .assertRan('git *')
      .assertRan(/commit/)
      .assertRan(['git', 'commit', '-m', 'first try'])
      .assertRan((spec, result) => spec.tag === null && result.stdout === 'ok\n')
      .assertNotRan('git push')
      .assertDidntRun(/push/)
      .assertNotRan((_, result) => result.failed());
  });

  it('see falsy commands too', async () => {
    processes.fake();
    await processes.run('0');
    await (await processes.start('0')).wait();
    processes.assertRanTimes('0', 2);
  });

  it('count', async () => {
    await processes.run('git status');
    await processes.run('git log');
    await processes.run('make all');
    processes.assertRanTimes('git *', 2).assertRanTimes('make all').assertRanCount(3);
  });

  it('look at the order of everything that ran', async () => {
    await processes.run('git status');
    await processes.run(['make', 'all']);
    processes.assertRanInOrder(['git *', (spec) => spec.command.kind === 'argv']);
    expect(() => processes.assertRanInOrder(['make all', 'git status'])).toThrow(
      AssertionFailedError,
    );
    expect(() => processes.assertRanInOrder(['git status'])).toThrow(AssertionFailedError);
    expect(() => processes.assertRanInOrder(['git *', 'make *', 'ls'])).toThrow(
      AssertionFailedError,
    );
  });

  it('hold of nothing when nothing has run', () => {
    processes.assertNothingRan().assertRanCount(0).assertRanInOrder([]);
  });

  it('see how many ran at once', async () => {
    processes.fake(() => processes.describe().delay(5));
    await Promise.all([processes.run('a'), processes.run('b')]);
    await processes.run('c');
    processes.assertPeakConcurrency(2);
    expect(() => processes.assertPeakConcurrency(3)).toThrow(/3 processes .* but it was 2/);
  });

  it('see that sequences are used up', async () => {
    processes.fake({ 'git *': processes.sequence(['a', 'b', 'c']) });
    await processes.run('git x');
    const failure = failureOf(() => processes.assertSequencesEmpty());
    expect(failure.message).toBe(
      'Expected all sequences of fakes to have been used up, but:\n  "git *": 2 left',
    );
    await processes.run('git x');
    await processes.run('git x');
    processes.assertSequencesEmpty();
  });

  it('say what was expected and what ran when they fail', async () => {
    await processes.run('git status');
    await processes.run('make all');
    const process = await processes.fake(() => processes.describe().delay('1h')).start('server');

    expect(failureOf(() => processes.assertRan('git push')).message).toBe(
      [
        'Expected "git push" to have run, but it has not.',
        'What has run:',
        '  1. git status (exit code 0)',
        '  2. make all (exit code 2)',
        '  3. server (running)',
        'The closest:',
        '  - git push',
        '  + git status',
        '        ^',
      ].join('\n'),
    );
    expect(failureOf(() => processes.assertRanTimes('git *', 2)).message).toMatch(
      /^Expected "git \*" to have run 2 times, but it has run once\.\nWhat has run:/,
    );
    expect(failureOf(() => processes.assertNotRan(/^make/)).message).toMatch(
      /^Expected \/\^make\/ not to have run, but it has run once\./,
    );
    expect(failureOf(() => processes.assertNothingRan()).message).toMatch(
      /^Expected nothing to have run\./,
    );
    expect(failureOf(() => processes.assertRanCount(7)).message).toMatch(
      /^Expected 7 processes to have run, but 3 have\./,
    );
    expect(failureOf(() => processes.assertRanInOrder(['a', /b/])).message).toMatch(
      /^Expected exactly these processes to have run, in this order:\n {2}1\. "a"\n {2}2\. \/b\/\nWhat has run:/,
    );
    expect(failureOf(() => processes.assertSignalled('server', 'SIGHUP')).message).toMatch(
      /^Expected "server" to have been sent SIGHUP, but it has got none\./,
    );
    expect(failureOf(() => processes.assertSignalled('other')).message).toMatch(
      /^Expected "other" to have been sent a signal, but it has not run\./,
    );
    await process.stop();
    expect(failureOf(() => processes.assertSignalled('server', 'SIGHUP')).message).toContain(
      'SIGTERM',
    );
  });

  it('say so when nothing has run', () => {
    expect(failureOf(() => processes.assertRan('x')).message).toContain('Nothing has run.');
  });

  it('list fifty at most', async () => {
    for (let i = 0; i < 60; i++) await processes.run(`git ${i}`);
    const { message } = failureOf(() => processes.assertRan('x'));
    expect(message).toContain('  50. git 49');
    expect(message).toContain('  and 10 more');
    expect(message).not.toContain('51.');
  });

  it('give runners what they need to show a difference and the line of the test', async () => {
    await processes.run('git status');
    const failure = failureOf(() => processes.assertRanInOrder(['git status', 'git push']));
    expect(ProcError.is(failure)).toBe(true);
    expect(failure).toMatchObject({
      code: 'ERR_PROC_ASSERTION',
      showDiff: true,
      expected: ['"git status"', '"git push"'],
      actual: ['"git status"'],
    });
    const frames = failure.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
    expect(frames.find((line) => line.includes('testing'))).toContain('assertions.test.ts');
  });

  it('fail when nothing is recorded, rather than hold of nothing', () => {
    processes.restore();
    for (const assertion of [
      () => processes.assertNothingRan(),
      () => processes.assertNotRan('x'),
      () => processes.assertRan('x'),
      () => processes.assertSequencesEmpty(),
    ]) {
      expect(failureOf(assertion).message).toMatch(/call fake\(\)/);
    }
  });
});
