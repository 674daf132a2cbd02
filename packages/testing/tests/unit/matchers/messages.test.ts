import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secret, type Application, type ProcessManager } from '@proc/core';
import { AssertionFailedError } from '@proc/testing';
import { expectProcess } from '../../../src/matchers/expect-process.js';
import { testingManager } from '../../support/testing-manager.js';

/** What each matcher says, in both directions. Who changes a message reviews it here. */
describe('the message of', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake({
      'git *': 'ok',
      'make *': processes.result({ output: 'building', errorOutput: 'no rule', exitCode: 2 }),
      server: processes.describe().output('up').delay('1h'),
    });
    await processes.run(['git', 'push', 'orgin', 'main']);
    await processes.run(['git', 'commit', '-m', 'first try']);
    await processes.run('make all');
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

  it('toHaveRun', () => {
    const message = messageOf(() => expectProcess(processes).toHaveRun('git push origin main'));
    expect(message).toMatchInlineSnapshot(`
      "Expected "git push origin main" to have run, but it has not.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)
      The closest:
        - git push origin main
        + git push orgin main
                     ^"
    `);
    expect(messageOf(() => expectProcess(processes).toHaveRun(/^rm/))).toMatchInlineSnapshot(`
      "Expected /^rm/ to have run, but it has not.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)"
    `);
  });

  it('not.toHaveRun', () => {
    const message = messageOf(() => expectProcess(processes).not.toHaveRun('git *'));
    expect(message).toMatchInlineSnapshot(`
      "Expected "git *" not to have run, but it has run 2 times.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)"
    `);
  });

  it('toHaveRunTimes', () => {
    const message = messageOf(() => expectProcess(processes).toHaveRunTimes('git *', 3));
    expect(message).toMatchInlineSnapshot(`
      "Expected "git *" to have run 3 times, but it has run 2 times.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)"
    `);
  });

  it('not.toHaveRunTimes', () => {
    const message = messageOf(() => expectProcess(processes).not.toHaveRunTimes('git *', 2));
    expect(message).toMatchInlineSnapshot(`
      "Expected "git *" not to have run 2 times, but that is how often it has run.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)"
    `);
  });

  it('toHaveRunInOrder', () => {
    const wanted = ['git push *', 'git commit -m "second try"', 'make *'];
    const message = messageOf(() => expectProcess(processes).toHaveRunInOrder(wanted));
    expect(message).toMatchInlineSnapshot(`
      "Expected exactly these processes to have run, in this order:
        1. "git push *"
        2. "git commit -m "second try""
        3. "make *"
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)
      The first that differs is number 2:
        - git commit -m "second try"
        + git commit -m 'first try'
                        ^"
    `);
    const fewer = messageOf(() => expectProcess(processes).toHaveRunInOrder(['git push *']));
    expect(fewer.split('\n').at(-1)).toMatchInlineSnapshot(`"Number 2 was not expected."`);
    const more = ['git *', 'git *', 'make *', 'make *'];
    const missing = messageOf(() => expectProcess(processes).toHaveRunInOrder(more));
    expect(missing.split('\n').at(-1)).toMatchInlineSnapshot(`"Number 4 has not run."`);
  });

  it('not.toHaveRunInOrder', () => {
    const wanted = ['git *', /commit/, ['make', 'all']];
    const message = messageOf(() => expectProcess(processes).not.toHaveRunInOrder(wanted));
    expect(message).toMatchInlineSnapshot(`
      "Expected these processes not to have run in exactly this order, and nothing else:
        1. "git *"
        2. /commit/
        3. ["make","all"]
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)"
    `);
  });

  it('toHaveSucceeded', async () => {
    const result = await processes.run('make all');
    expect(messageOf(() => expectProcess(result).toHaveSucceeded())).toMatchInlineSnapshot(`
      "Expected make all to have succeeded, but it ended with exit code 2 (Misuse of shell builtins).
      Error output:
        no rule"
    `);
  });

  it('toHaveSucceeded of what was ended, and of what could not be started', async () => {
    const server = await processes.start('server');
    const stopped = await server.stop();
    expect(messageOf(() => expectProcess(stopped).toHaveSucceeded())).toMatchInlineSnapshot(
      `"Expected server to have succeeded, but it was ended by SIGTERM (Termination (request to terminate))."`,
    );
    processes.fake({ missing: processes.describe().startError('ENOENT') });
    const { outcome } = processes.command('missing').launch();
    const missing = await outcome;
    expect(messageOf(() => expectProcess(missing).toHaveSucceeded())).toMatchInlineSnapshot(
      `"Expected missing to have succeeded, but it could not be started (ERR_PROC_COMMAND_NOT_FOUND)."`,
    );
    const { outcome: late } = processes.command('server').timeout('200ms').launch();
    const timedOut = await late;
    expect(messageOf(() => expectProcess(timedOut).toHaveSucceeded())).toMatchInlineSnapshot(`
      "Expected server to have succeeded, but it was ended by SIGTERM (Termination (request to terminate)), reason: timedOut.
      Output:
        up"
    `);
  });

  it('not.toHaveSucceeded', async () => {
    const result = await processes.run('git status');
    expect(messageOf(() => expectProcess(result).not.toHaveSucceeded())).toMatchInlineSnapshot(`
      "Expected git status not to have succeeded, but it ended with exit code 0 (OK).
      Output:
        ok"
    `);
  });

  it('toHaveExitedWith', async () => {
    const result = await processes.run('make all');
    expect(messageOf(() => expectProcess(result).toHaveExitedWith(0))).toMatchInlineSnapshot(`
      "Expected make all to have exited with 0, but it ended with exit code 2 (Misuse of shell builtins).
      Error output:
        no rule"
    `);
  });

  it('not.toHaveExitedWith', async () => {
    const result = await processes.run('make all');
    expect(messageOf(() => expectProcess(result).not.toHaveExitedWith(2))).toMatchInlineSnapshot(`
      "Expected make all not to have exited with 2, but it ended with exit code 2 (Misuse of shell builtins).
      Error output:
        no rule"
    `);
  });

  it('toHaveOutput', async () => {
    processes.fake({ list: 'a\nb\nc\nd\ne' });
    const result = await processes.run('list');
    const { toHaveOutput } = expectProcess(result);
    expect(messageOf(() => toHaveOutput('a\nb\nx\nd\ne'))).toMatchInlineSnapshot(`
      "Expected list to have this output, but it differs:
          a
          b
        - x
        + c
          d
          e"
    `);
    expect(messageOf(() => toHaveOutput(/z/))).toMatchInlineSnapshot(`
      "Expected list to have this output: /z/
      It has printed:
        a
        b
        c
        d
        e"
    `);
    expect(messageOf(() => toHaveOutput(() => false, 'err'))).toMatchInlineSnapshot(`
      "Expected list to have this error output, but a predicate says no.
      It has printed nothing."
    `);
    const status = await processes.run('git status');
    expect(messageOf(() => expectProcess(status).toHaveOutput('OK'))).toMatchInlineSnapshot(`
      "Expected git status to have this output, but it differs:
        - OK
        + ok
          ^"
    `);
  });

  it('not.toHaveOutput', async () => {
    const result = await processes.run('make all');
    const { toHaveOutput } = expectProcess(result).not;
    expect(messageOf(() => toHaveOutput('build*'))).toMatchInlineSnapshot(`
      "Expected make all not to have this output:
        build*
      It has printed:
        building"
    `);
    expect(messageOf(() => toHaveOutput(/rule/, 'err'))).toMatchInlineSnapshot(`
      "Expected make all not to have this error output: /rule/
      It has printed:
        no rule"
    `);
    const isLong = (output: string): boolean => output.length > 3;
    expect(messageOf(() => toHaveOutput(isLong))).toMatchInlineSnapshot(`
      "Expected make all not to have this output, but the predicate isLong says yes.
      It has printed:
        building"
    `);
  });

  it('toHaveBeenSignalled', async () => {
    const server = await processes.start('server');
    server.kill('SIGUSR1');
    const asked = expectProcess(processes);
    expect(messageOf(() => asked.toHaveBeenSignalled('server', 'SIGHUP'))).toMatchInlineSnapshot(`
      "Expected "server" to have been sent SIGHUP, but it has got SIGUSR1.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)
        4. server (running)"
    `);
    expect(messageOf(() => asked.toHaveBeenSignalled('make all'))).toMatchInlineSnapshot(`
      "Expected "make all" to have been sent a signal, but it has got none.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)
        4. server (running)"
    `);
    const result = await processes.run('git status');
    expect(messageOf(() => expectProcess(result).toHaveBeenSignalled())).toMatchInlineSnapshot(`
      "Expected git status to have been ended by a signal, but it ended with exit code 0 (OK).
      Output:
        ok"
    `);
  });

  it('not.toHaveBeenSignalled', async () => {
    const server = await processes.start('server');
    const result = await server.stop();
    const { toHaveBeenSignalled } = expectProcess(processes).not;
    expect(messageOf(() => toHaveBeenSignalled('server', 'SIGTERM'))).toMatchInlineSnapshot(`
      "Expected "server" not to have been sent SIGTERM, but it has got SIGTERM.
      What has run:
        1. git push orgin main (exit code 0)
        2. git commit -m 'first try' (exit code 0)
        3. make all (exit code 2)
        4. server (SIGTERM)"
    `);
    const { toHaveBeenSignalled: ofResult } = expectProcess(result).not;
    expect(messageOf(() => ofResult('SIGTERM'))).toMatchInlineSnapshot(
      `"Expected server not to have been ended by SIGTERM, but it was ended by SIGTERM (Termination (request to terminate))."`,
    );
  });

  it('toHaveLeftNoProcesses', async () => {
    processes.fake(() => processes.describe().output('up').delay('1h').id(4242));
    const server = await processes.start(['serve', '--token', secret('pa55word')]);
    const message = messageOf(() => expectProcess(app).toHaveLeftNoProcesses());
    expect(message).toMatchInlineSnapshot(`
      "Expected no process to have been left running, but there are:
        pid 4242: serve --token '[secret]' (fake)"
    `);
    await server.stop();
  });

  it('not.toHaveLeftNoProcesses', () => {
    const message = messageOf(() => expectProcess(app).not.toHaveLeftNoProcesses());
    expect(message).toMatchInlineSnapshot(
      `"Expected processes to have been left running, but there are none."`,
    );
  });

  it('every matcher is without secrets, also where the test has them', async () => {
    processes.fake({ 'login *': 'with pa55word' });
    const command = ['login', secret('pa55word')];
    const result = await processes.run(command);
    for (const assertion of [
      () => expectProcess(processes).toHaveRun('login pa55word now'),
      () => expectProcess(processes).not.toHaveRun('login pa55word'),
      () => expectProcess(processes).toHaveRunTimes('login pa55word', 2),
      () => expectProcess(processes).toHaveRunInOrder(['login pa55word']),
      () => expectProcess(processes).toHaveBeenSignalled('login pa55word'),
      () => expectProcess(result).not.toHaveSucceeded(),
      () => expectProcess(result).toHaveExitedWith(1),
      () => expectProcess(result).toHaveOutput('without pa55word'),
      () => expectProcess(result).not.toHaveOutput('with pa55word'),
      () => expectProcess(result).not.toHaveOutput(/pa55word/),
    ]) {
      const message = messageOf(assertion);
      expect(message).not.toContain('pa55word');
      expect(message).toContain('[secret]');
    }
  });
});
