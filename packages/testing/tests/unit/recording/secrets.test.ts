import 'reflect-metadata';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secret, type Application, type ProcessManager } from '@proc/core';
import { AssertionFailedError, StrayProcessError } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

const VALUE = "hunter2's/pass";

describe('the secrets of a faked run', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake({ 'curl *': 'ok' });
  });

  afterEach(() => app.shutdown());

  const textsOf = (value: unknown): string => {
    const { message, stack, ...others } = value as Error;
    return [
      String(value),
      ...[message, stack, JSON.stringify(value), JSON.stringify(others)],
      inspect(value, { depth: 9, showHidden: true }),
      inspect({ ...(value as object) }, { depth: 9 }),
    ].join('\n');
  };

  const expectClean = (value: unknown): void => {
    expect(textsOf(value)).not.toMatch(/hunter2/);
  };

  const failureOf = (assertion: () => unknown): unknown => {
    try {
      assertion();
    } catch (error) {
      return error;
    }
    throw new Error('The assertion held.');
  };

  it('reach the fake that plays the program', async () => {
    processes.fake({
      'login *': processes.describe().perform(async (child) => {
        const { args, env } = child.launch;
        await child.write('out', `${args.join(' ')} ${String(env['TOKEN'])} `);
        for await (const chunk of child.stdin) await child.write('out', chunk as Buffer);
      }),
    });
    const { stdout } = await processes
      .command(['login', secret`--password=${VALUE}`])
      .env({ TOKEN: secret(VALUE) })
      .input(secret(VALUE))
      .run();
    expect(stdout).toBe(`--password=${VALUE} ${VALUE} ${VALUE}`);
  });

  it('are in what was recorded, but do not show when it is written down', async () => {
    await processes
      .command(['curl', '-H', secret`Authorization: ${VALUE}`])
      .env({ TOKEN: secret(VALUE) })
      .input(['a ', secret(VALUE), ' b'])
      .run();
    const [recorded] = processes.recorded();
    expect(String(recorded?.input)).toBe(`a ${VALUE} b`);
    expect(recorded?.command).toBe("curl -H 'Authorization: [secret]'");
    expect(recorded).toMatchObject({ input: Buffer.from(`a ${VALUE} b`), running: false });
    expectClean(recorded);
    expectClean(processes.recorded());
    expect(inspect(recorded)).toContain('a [secret] b');
    expect(JSON.parse(JSON.stringify(recorded))).toMatchObject({ input: 'a [secret] b' });
  });

  it('do not show in what was recorded of messages', async () => {
    processes.fake(() => processes.describe().onMessage(() => 'heard'));
    const process = await processes
      .command(['curl', secret(VALUE)])
      .ipc()
      .start();
    await process.send({ password: VALUE });
    await process.stop();
    const [recorded] = processes.recorded();
    expect(recorded?.messages).toEqual([{ password: VALUE }]);
    expectClean(recorded);
  });

  it('are matched by secrets, by their values, and as they are shown', async () => {
    await processes.command(['curl', '-u', secret`me:${VALUE}`, 'host']).run();
    processes
      .assertRan(['curl', '-u', secret`me:${VALUE}`, 'host'])
      .assertRan(['curl', '-u', secret(`me:${VALUE}`), 'host'])
      .assertRan(['curl', '-u', `me:${VALUE}`, 'host'])
      .assertRan(['curl', '-u', 'me:[secret]', 'host'])
      .assertRan(`curl -u me:${VALUE} host`)
      .assertRan('curl -u me:[secret] host')
      .assertRan("curl -u 'me:[secret]' host")
      .assertRan(/hunter\d/)
      .assertNotRan(['curl', '-u', secret`me:other`, 'host'])
      .assertNotRan(['curl', '-u', secret('[secret]'), 'host']);
    expect(processes.recorded(['curl', '-u', secret`me:${VALUE}`, 'host'])).toHaveLength(1);
  });

  it('choose a fake', async () => {
    processes.fake([
      [['login', secret(VALUE)], 'welcome'],
      [['login', secret('wrong')], 1],
    ]);
    const welcome = await processes.command(['login', secret(VALUE)]).run();
    const refused = await processes.command(['login', secret('wrong')]).run();
    expect([welcome.stdout, refused.exitCode]).toEqual(['welcome\n', 1]);
  });

  it('do not show in a failed assertion, not even from its own pattern', async () => {
    await processes.command(['curl', secret(VALUE)]).run();
    for (const assertion of [
      () => processes.assertRan(['wget', secret(VALUE)]),
      () => processes.assertRan(`wget ${VALUE}`),
      () => processes.assertRan(new RegExp(`wget ${VALUE}`)),
      () => processes.assertNotRan(['curl', secret(VALUE)]),
      () => processes.assertNotRan(`curl ${VALUE}`),
      () => processes.assertRanTimes(['curl', VALUE], 2),
      () => processes.assertRanInOrder([`curl ${VALUE}`, 'more']),
      () => processes.assertSignalled(`curl ${VALUE}`, 'SIGTERM'),
    ]) {
      const failure = failureOf(assertion);
      expect(failure).toBeInstanceOf(AssertionFailedError);
      expect((failure as Error).message).toContain("1. curl '[secret]' (exit code 0)");
      expectClean(failure);
    }
  });

  it('do not show in the error of a stray process', async () => {
    processes.fake({ [`wget ${VALUE} *`]: '' }).preventStrayProcesses();
    const error: unknown = await processes
      .command(['wget', secret(VALUE)])
      .run()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StrayProcessError);
    expect((error as Error).message).toContain('wget [secret] *');
    expect((error as StrayProcessError).patterns).toHaveLength(2);
    expect(String(error)).not.toMatch(/hunter2/);
    expect(inspect(error)).not.toMatch(/hunter2/);
  });

  it('do not show when a fake can not be started, or comes to grief', async () => {
    processes.fake({
      'missing *': processes.describe().startError('ENOENT'),
      'broken *': (_, launch) => {
        throw new Error(`no idea of ${launch.args.join(' ')}`);
      },
    });
    for (const name of ['missing', 'broken']) {
      const run = processes.command([name, secret(VALUE)]).run();
      expectClean(await run.catch((reason: unknown) => reason));
    }
  });
});
