import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PendingProcess } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

onEveryDriver('the environment of a process', ({ manager }) => {
  beforeAll(() => {
    process.env['INHERITED'] = 'yes';
  });
  afterAll(() => {
    delete process.env['INHERITED'];
  });

  const seen = async (pending: PendingProcess): Promise<Record<string, string>> => {
    const { stdout } = await pending.command(['/usr/bin/env', '-0']).run();
    const lines = stdout.split('\0').filter((line) => line !== '');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  };

  it('is inherited, with what is set and without what is removed', async () => {
    const before = { ...process.env };
    const env = await seen(manager().env({ A: 'a b\n"c"', EMPTY: '', N: 1, PATH: false }));
    expect(env).toMatchObject({ INHERITED: 'yes', A: 'a b\n"c"', EMPTY: '', N: '1' });
    expect(env).not.toHaveProperty('PATH');
    expect({ ...process.env }).toEqual(before);
  });

  it('is that of the moment in which it was started', async () => {
    const lines = [];
    try {
      // The first start with a driver may have to load it.
      for (const value of ['first', 'second']) {
        process.env['CHANGING'] = value;
        const path = process.env['PATH'];
        lines.push(manager().run(['env']), manager().env({ ADDED: '1' }).command('env').run());
        process.env['CHANGING'] = 'later';
        process.env['PATH'] = '/nowhere';
        await new Promise((resolve) => setImmediate(resolve));
        process.env['PATH'] = path;
      }
    } finally {
      delete process.env['CHANGING'];
    }
    const values = (await Promise.all(lines)).map(
      ({ stdout }) => /^CHANGING=.*/m.exec(stdout)?.[0],
    );
    expect(values.sort()).toEqual(
      ['first', 'first', 'second', 'second'].map((value) => `CHANGING=${value}`),
    );
  });

  it('is only what was set when nothing is inherited', async () => {
    expect(await seen(manager().env({ A: '1' }).withoutInheritedEnv())).toEqual({ A: '1' });
    const clean = manager({ env: { mode: 'clean' } });
    expect(await seen(clean.env({ A: '1' }))).toEqual({ A: '1' });
    expect(await seen(clean.newPendingProcess().options({ inheritEnv: true }))).toHaveProperty(
      'PATH',
    );
    const options = { inheritEnv: false, env: { B: '2' } };
    expect(await seen(manager().newPendingProcess().options(options))).toEqual({ B: '2' });
  });

  it('is what is allowed', async () => {
    const pending = manager().env({ A: '1' }).onlyEnv(['INHERITED', 'NOT_THERE']);
    expect(await seen(pending)).toEqual({ INHERITED: 'yes', A: '1' });
  });

  it('is expanded when that was asked for', async () => {
    const pending = manager().env({ A: '<${INHERITED}>' }).withoutInheritedEnv();
    expect(await seen(pending)).toEqual({ A: '<${INHERITED}>' });
    expect(await seen(pending.expandEnv())).toEqual({ A: '<yes>' });
  });

  it('takes any name', async () => {
    const names = Object.fromEntries([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
    const env = await seen(manager().env(names).withoutInheritedEnv());
    expect(Object.entries(env).sort()).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
  });

  it('is frozen at the run: a later change of the description does not reach it', async () => {
    const pending = manager().env({ A: 'first' }).command(sh('read x; echo $A')).interactive();
    const process = await pending.start();
    pending.env({ A: 'second' });
    await process.write('\n');
    expect((await process.wait()).stdout).toBe('first\n');
  });
});

onEveryDriver('the working directory of a process', ({ manager }) => {
  it('is what was given, as a path or a URL', async () => {
    const directory = realpathSync(tmpdir());
    const processes = manager();
    expect((await processes.path(directory).run('pwd -P')).stdout).toBe(`${directory}\n`);
    expect((await processes.path(pathToFileURL(directory)).run('pwd -P')).stdout).toBe(
      `${directory}\n`,
    );
    expect((await processes.run('pwd -P')).stdout).toBe(`${process.cwd()}\n`);
  });
});
