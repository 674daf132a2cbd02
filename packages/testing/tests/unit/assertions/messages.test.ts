import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { AssertionFailedError } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

/** What the assertions say that are no matchers. Who changes a message reviews it here. */
describe('the message of', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake({ 'git *': 'ok', deploy: processes.sequence(['one', 'two', 'three']) });
    await processes.run(['git', 'commit', '-m', 'first try']);
    await processes.run('deploy');
  });

  afterEach(() => app.shutdown());

  const messageOf = (assertion: () => unknown): string => {
    try {
      assertion();
    } catch (error) {
      if (AssertionFailedError.is(error)) return error.message;
      throw error;
    }
    throw new Error('It held.');
  };

  it('assertRanCount', () => {
    expect(messageOf(() => processes.assertRanCount(1))).toMatchInlineSnapshot(`
      "Expected 1 process to have run, but 2 have.
      What has run:
        1. git commit -m 'first try' (exit code 0)
        2. deploy (exit code 0)"
    `);
  });

  it('assertNothingRan', () => {
    expect(messageOf(() => processes.assertNothingRan())).toMatchInlineSnapshot(`
      "Expected nothing to have run.
      What has run:
        1. git commit -m 'first try' (exit code 0)
        2. deploy (exit code 0)"
    `);
  });

  it('assertSequencesEmpty', () => {
    expect(messageOf(() => processes.assertSequencesEmpty())).toMatchInlineSnapshot(`
      "Expected all sequences of fakes to have been used up, but:
        "deploy": 2 left"
    `);
  });

  it('assertPeakConcurrency', () => {
    expect(messageOf(() => processes.assertPeakConcurrency(3))).toMatchInlineSnapshot(`
      "Expected 3 processes to run at once at the busiest moment, but it was 1.
      What has run:
        1. git commit -m 'first try' (exit code 0)
        2. deploy (exit code 0)"
    `);
  });

  it('any of them where nothing is recorded', () => {
    processes.restore();
    expect(messageOf(() => processes.assertRan('git *'))).toMatchInlineSnapshot(
      `"Nothing is recorded: call fake(), spy() or preventStrayProcesses() before the processes run."`,
    );
  });
});
