import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ArgumentListTooLongError,
  CommandNotFoundError,
  DriverNotFoundError,
  InvalidArgumentError,
  NotExecutableError,
  ProcessStartError,
  UnsupportedCapabilityError,
  WorkingDirectoryError,
  type ProcessError,
  type ProcessManager,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';

async function rejection(run: Promise<unknown>): Promise<ProcessError> {
  return run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );
}

onEveryDriver('a process that can not be started', ({ manager, recorded }) => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'start-failures-'));
    writeFileSync(join(directory, 'data'), 'data');
    writeFileSync(join(directory, 'lost'), '#!/not/there/interpreter\n');
    chmodSync(join(directory, 'lost'), 0o755);
    writeFileSync(join(directory, 'dos'), '#!/bin/sh\r\n');
    chmodSync(join(directory, 'dos'), 0o755);
    mkdirSync(join(directory, 'sub'));
    writeFileSync(join(directory, 'sub/frobnicate'), '#!/bin/sh\npwd\n');
    chmodSync(join(directory, 'sub/frobnicate'), 0o755);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('names a program near to one that is missing', async () => {
    const PATH = join(directory, 'sub');
    const error = await rejection(manager().run(['frobnicat'], { env: { PATH } }));
    expect(CommandNotFoundError.is(error)).toBe(true);
    expect(ProcessStartError.is(error)).toBe(true);
    expect(error.message).toMatch(/not found in PATH \(frobnicat\)\. Did you mean "frobnicate"\?/);
    expect(error.result).toMatchObject({
      exitCode: null,
      pid: undefined,
      stdout: '',
      reason: 'failedToStart',
      shellCode: 127,
      error,
    });
    expect(error.spec.command).toMatchObject({ file: 'frobnicat' });
    expect((error.cause as { code: string }).code).toBe('ENOENT');
  });

  it.each<[string, (processes: ProcessManager) => Promise<unknown>, unknown, RegExp]>([
    ['a path', (p) => p.run([join(directory, 'none')]), CommandNotFoundError, /no such file/],
    [
      'a file',
      (p) => p.run([join(directory, 'data')]),
      NotExecutableError,
      /data may not be executed\. Make it executable \(chmod \+x\), or/,
    ],
    ['a directory', (p) => p.run([directory]), NotExecutableError, /is a directory\./],
    [
      'a script',
      (p) => p.run([join(directory, 'lost')]),
      NotExecutableError,
      /lost exists, but the interpreter that it names does not \(\/not\/there\/interpreter\)/,
    ],
    [
      'a script of Windows',
      (p) => p.run([join(directory, 'dos')]),
      NotExecutableError,
      /dos exists, but the interpreter .* does not: \/bin\/sh with a carriage return\. .* not with CRLF/,
    ],
    ['a directory', (p) => p.run([directory]), NotExecutableError, /could not be started/],
    [
      'a cwd',
      (p) => p.run(['true'], { cwd: '/not/there' }),
      WorkingDirectoryError,
      /does not exist \(\/not\/there\)/,
    ],
    [
      'a cwd',
      (p) => p.run(['true'], { cwd: join(directory, 'data') }),
      WorkingDirectoryError,
      /is not a directory/,
    ],
    [
      'a cwd with merged streams',
      (p) => p.command(['true']).path('/not/there').mergeStderr().run(),
      WorkingDirectoryError,
      /does not exist/,
    ],
    [
      'a program with merged streams',
      (p) => p.command(['not-there-at-all']).mergeStderr().run(),
      CommandNotFoundError,
      /not found/,
    ],
    [
      'below a file',
      (p) => p.run([join(directory, 'data/x')]),
      CommandNotFoundError,
      /no such file/,
    ],
    [
      'a cwd below a file',
      (p) => p.run(['true'], { cwd: join(directory, 'data/x') }),
      WorkingDirectoryError,
      /does not exist/,
    ],
    [
      'a file in PATH',
      (p) => p.run(['x'], { env: { PATH: join(directory, 'data') } }),
      CommandNotFoundError,
      /not found in PATH/,
    ],
    ['a long name', (p) => p.run(['x'.repeat(5000)]), ProcessStartError, /could not be started/],
    ['a NUL', (p) => p.run(['echo', 'a\0b']), InvalidArgumentError, /NUL/],
    ['nothing', (p) => p.run(''), InvalidArgumentError, /empty/],
    ['no command', (p) => p.newPendingProcess().run(), InvalidArgumentError, /no command/i],
    [
      'arguments for a shell',
      (p) => p.run('echo', ['x'], { shell: true }),
      InvalidArgumentError,
      /separate arguments/,
    ],
    ['an unknown option', (p) => p.run('x', { cdw: '/' } as never), InvalidArgumentError, /"cwd"/],
    ['an unknown driver', (p) => p.driver('nod').run('true'), DriverNotFoundError, /"node"/],
    [
      'a variable',
      (p) => p.command(['true']).env({ A: '${NOT_SET_ANYWHERE}' }).expandEnv().run(),
      InvalidArgumentError,
      /NOT_SET_ANYWHERE/,
    ],
    [
      'input and interactive',
      (p) => p.command(['cat']).input('x').interactive().run(),
      InvalidArgumentError,
      /not both/,
    ],
    [
      'an output file',
      (p) =>
        p
          .command(['true'])
          .output({ stdout: { file: '/not/there/file' } })
          .run(),
      InvalidArgumentError,
      /can not be opened/,
    ],
  ])('rejects with a typed error: %s', async (_, run, type, message) => {
    const processes = manager();
    const error = await rejection(run(processes));
    expect((type as typeof ProcessStartError).is(error)).toBe(true);
    expect(error.message).toMatch(message);
    expect(processes.activeProcesses).toHaveLength(0);
    expect(processes.list()).toHaveLength(0);
  });

  it.each<[string, (processes: ProcessManager) => Promise<unknown>]>([
    ['one argument', (p) => p.run(['true', 'x'.repeat(200_000)])],
    [
      'many arguments',
      (p) => p.run(['true', ...Array.from({ length: 100 }, () => 'x'.repeat(100_000))]),
    ],
    ['a variable', (p) => p.run(['true'], { env: { LONG: 'secret'.repeat(500_000) } })],
  ])('says what is too long, and what to do instead: %s', async (_, run) => {
    const error = await rejection(run(manager()));
    expect(ArgumentListTooLongError.is(error)).toBe(true);
    expect(error.message).toMatch(/as input instead/);
    expect(error.message.length).toBeLessThan(1000);
    expect(error.message).not.toContain('secret');
  });

  it('rejects start() as it does run()', async () => {
    const error = await rejection(manager().start(['not-there-at-all']));
    expect(CommandNotFoundError.is(error)).toBe(true);
  });

  it('is a result with that error when it is launched', async () => {
    const processes = manager();
    for (const command of [['not-there-at-all'], ['a\0'], []]) {
      const launched = processes.command(command).launch({ key: 'k' });
      const result = await launched.outcome;
      expect(result.reason).toBe('failedToStart');
      expect(() => result.throw()).toThrow(result.error?.message);
      expect([launched.running(), launched.pid, launched.signal('SIGTERM')]).toEqual([
        false,
        undefined,
        false,
      ]);
      expect(await launched.stop()).toBe(result);
    }
  });

  it('is announced as failed, and never as started', async () => {
    const { manager: processes, events } = recorded();
    await rejection(processes.run(['not-there-at-all']));
    expect(events.names()).toEqual(['ProcessStarting', 'ProcessFailed']);
  });

  it('refuses a terminal where there is none, and does without when it may', async () => {
    const processes = manager();
    const error = await rejection(processes.command(['true']).tty().run());
    expect(UnsupportedCapabilityError.is(error)).toBe(true);
    expect((await processes.command(['true']).tty('auto').run()).exitCode).toBe(0);
  });

  it('is not looked for in the working directory', async () => {
    writeFileSync(join(directory, 'sub/true'), '#!/bin/sh\necho planted\n');
    chmodSync(join(directory, 'sub/true'), 0o755);
    const options = { cwd: join(directory, 'sub') };
    expect(CommandNotFoundError.is(await rejection(manager().run(['frobnicate'], options)))).toBe(
      true,
    );
    expect((await manager().run(['true'], options)).stdout).toBe('');
  });

  it('runs a program by a path relative to its working directory', async () => {
    const result = await manager().run(['./frobnicate'], { cwd: join(directory, 'sub') });
    expect(result.stdout).toMatch(/sub\n$/);
  });
});
