import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CommandNotFoundError,
  NotExecutableError,
  WorkingDirectoryError,
  type PendingProcess,
  type ProcessError,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';
import { script } from '../support/programs.js';
import { isRoot, NOBODY } from '../support/users.js';

onEveryDriver('what is done in front of a program', ({ manager }) => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'preludes-'));
    const files: readonly [string, string, number][] = [
      ['data', 'data', 0o644],
      ['lost', '#!/not/there/interpreter\n', 0o755],
      ['dos', '#!/bin/sh\r\necho\n', 0o755],
      ['strange', '#!/bin\n', 0o755],
      ['unnamed', 'echo "ran $1"\n', 0o755],
      ['private', '#!/bin/sh\necho ran\n', 0o700],
    ];
    for (const [name, content, mode] of files) {
      writeFileSync(join(directory, name), content);
      chmodSync(join(directory, name), mode);
    }
    mkdirSync(join(directory, 'names'));
    for (const name of ['-n', 'a=b', '--', 'two words']) {
      symlinkSync('/bin/echo', join(directory, 'names', name));
    }
    chmodSync(directory, 0o755);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const rejection = (pending: PendingProcess): Promise<ProcessError> =>
    pending.run().then(
      ({ exitCode, signal }) => {
        throw new Error(`it was expected to reject, and ended with ${String(exitCode ?? signal)}`);
      },
      (error: unknown) => error as ProcessError,
    );

  const preludes: readonly [string, (pending: PendingProcess) => PendingProcess][] = [
    ['none', (pending) => pending],
    ['merged', (pending) => pending.mergeStderr()],
    ['nice', (pending) => pending.nice(1)],
    ['limited', (pending) => pending.limits({ files: 50, cpu: '1m' })],
    ['all', (pending) => pending.mergeStderr().nice(1).limits({ files: 50 })],
  ];

  it.each(preludes)('leaves it its pid, group, arguments and input (%s)', async (_, prelude) => {
    const code = `
      process.stdin.on('data', (text) => {
        const group = require('node:child_process').execFileSync('ps', ['-o', 'pgid=', '-p', process.pid]);
        process.stdout.write(JSON.stringify([process.pid, +group, String(text), process.argv.slice(1)]));
      });`;
    const args = ['', '-n', "it's", '$HOME', '*', 'a\nb', '--', 'ä €', '\\', '`id`'];
    const pending = manager()
      .command(script(code, '--', ...args))
      .input('typed');
    const result = await prelude(pending).run();
    expect(result.json()).toEqual([result.pid, result.pid, 'typed', args]);
  });

  it.each(preludes)('leaves it its environment (%s)', async (_, prelude) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      PWD: '/of the launch',
      'a.dotted': "it's",
      ÜMLAUT: 'ä',
      OPTIND: 'no number',
      IFS: 'x',
      PS1: '# ',
      PS4: 'trace',
      PPID: '1',
      SHELLOPTS: 'xtrace',
      BASH_ENV: '/not/there',
      EMPTY: '',
      LINES: 'a\nb',
    };
    const code = 'process.stdout.write(JSON.stringify(process.env))';
    for (const given of [env, { PATH: env.PATH }]) {
      const pending = manager().command(script(code)).withoutInheritedEnv().env(given);
      expect((await prelude(pending).run()).json()).toEqual(given);
    }
  });

  it.each(preludes)('lets signals through from the beginning (%s)', async (_, prelude) => {
    const running = await prelude(manager().command(['sleep', '60'])).start();
    running.signal('SIGTERM');
    expect((await running.wait()).signal).toBe('SIGTERM');
  });

  it.each(preludes)('finds programs with odd names (%s)', async (_, prelude) => {
    for (const name of ['-n', 'a=b', '--', 'two words']) {
      const env = { PATH: join(directory, 'names'), 'a.b': 'c' };
      const pending = manager().command([name, 'said']).env(env);
      expect((await prelude(pending).run()).stdout).toBe('said\n');
    }
  });

  it.each(preludes)('fails to start as the program itself would (%s)', async (_, prelude) => {
    const missing = join(directory, 'none');
    const cases: readonly [readonly string[], typeof CommandNotFoundError, RegExp][] = [
      [['not-there-at-all'], CommandNotFoundError, /not found in PATH/],
      [[missing], CommandNotFoundError, /no such file/],
      [[join(directory, 'data')], NotExecutableError, /may not be executed/],
      [[directory], NotExecutableError, /could not be started/],
      [[join(directory, 'lost')], NotExecutableError, /interpreter/],
      [[join(directory, 'dos')], NotExecutableError, /interpreter/],
      [[join(directory, 'strange')], NotExecutableError, /permission denied \(EACCES\)/],
    ];
    for (const [command, type, message] of cases) {
      const error = await rejection(prelude(manager().command(command)));
      expect([command, error.message, type.is(error)]).toEqual([
        command,
        expect.stringMatching(message),
        true,
      ]);
    }
    const elsewhere = prelude(manager().command(['true']).path(missing));
    expect(WorkingDirectoryError.is(await rejection(elsewhere))).toBe(true);
  });

  it.each(preludes)(
    'runs a script without an interpreter line as before (%s)',
    async (_, prelude) => {
      const result = await prelude(manager().command([join(directory, 'unnamed'), 'it'])).run();
      expect([result.exitCode, result.stdout]).toEqual([0, 'ran it\n']);
    },
  );

  it.each(preludes)('refuses what another user may not execute (%s)', async (_, prelude) => {
    if (!isRoot) {
      leftOut('only root can run a program as another user');
      return;
    }
    const pending = manager()
      .command([join(directory, 'private')])
      .user(NOBODY, NOBODY);
    expect(NotExecutableError.is(await rejection(prelude(pending)))).toBe(true);
  });

  it.each(preludes)('leaves it its channel of messages (%s)', async (_, prelude) => {
    const code = "process.on('message', (message) => process.send([message, process.ppid]))";
    const running = await prelude(manager().command(script(code)).ipc()).start();
    expect(await running.request('hello')).toEqual(['hello', process.pid]);
    await running.stop();
  });
});
