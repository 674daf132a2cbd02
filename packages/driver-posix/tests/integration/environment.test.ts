import { describe, expect, it, jest } from '@jest/globals';
import { PosixDriver } from '../../src/posix-driver.js';
import { leftOut } from '../support/left-out.js';
import { application } from '../support/programs.js';

jest.setTimeout(120_000);

const supported = PosixDriver.isSupported();
const here = supported ? describe : describe.skip;
if (!supported) leftOut('the driver does not work on this system');

const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const onGlibc = header.glibcVersionRuntime === undefined ? it.skip : it;
if (onGlibc !== it)
  leftOut('other libraries than glibc may free a variable that is still looked at');

/**
 * Defines `seen(pending)`: the variables of a program; and `changed(work)`, whatever the environment is afterwards. Jest
 * gives its tests a copy of the environment, so all of this is done in a Node of its own.
 */
const SEEN = `
  const variables = (text) => Object.fromEntries(text.split('\\0').filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const seen = async (pending = manager.newPendingProcess()) =>
    variables((await pending.command(['env', '-0']).run()).stdout);
  const assert = require('node:assert');
  const same = async (pending) => assert.deepStrictEqual(await seen(pending), { ...process.env });`;

here('the environment that a program inherits', () => {
  it('is all that this process has, now and after every change', async () => {
    const code = `
      ${SEEN}
      await same();
      process.env.ADDED = 'grüße'; await same();
      process.env.ADDED = 'changed'; await same();
      process.env.ADDED = ''; await same();
      delete process.env.ADDED; await same();
      for (let i = 0; i < 300; i++) process.env['MANY_' + i] = 'x'.repeat(i); await same();
      for (let i = 0; i < 300; i += 2) delete process.env['MANY_' + i]; await same();
      for (let i = 0; i < 300; i++) delete process.env['MANY_' + i]; await same();
      for (let i = 0; i < 100; i++) { process.env['NEXT_' + i] = String(i); await same(); }
      console.log('done');`;
    expect(await application(code)).toBe('done\n');
  });

  it('is that of the moment of the start, for programs that wait for their turn too', async () => {
    const code = `
      ${SEEN}
      await same();
      const runs = [];
      for (let i = 0; i < 40; i++) {
        process.env.NUMBER = String(i);
        runs.push(seen());
        process.env.NUMBER = 'later';
        for (let j = 0; j < 20; j++) process.env['OTHER_' + j] = String(i);
        for (let j = 0; j < 20; j++) delete process.env['OTHER_' + j];
      }
      delete process.env.NUMBER;
      console.log((await Promise.all(runs)).map(({ NUMBER }) => NUMBER).join());`;
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    expect(await application(code)).toBe(`${numbers.join()}\n`);
  });

  it.each(['.nice(1)', '.limits({ files: 64 })'])(
    'is that of the moment of the start with %s, which takes a program in front',
    async (setting) => {
      const code = `
        ${SEEN}
        await same();
        process.env.MOMENT = 'start';
        const run = seen(manager.newPendingProcess()${setting});
        process.env.MOMENT = 'later';
        console.log((await run).MOMENT);`;
      expect(await application(code)).toBe('start\n');
    },
  );

  it('can be searched for the program as it was at the start', async () => {
    const code = `
      ${SEEN}
      const path = process.env.PATH;
      const run = seen();
      process.env.PATH = '/nowhere';
      const lost = seen().catch((error) => error);
      process.env.PATH = path;
      console.log((await run).PATH === path, (await lost).code);`;
    expect(await application(code)).toBe('true ERR_PROC_COMMAND_NOT_FOUND\n');
  });

  onGlibc('comes byte for byte', async () => {
    const code = `console.log((await manager.command(['env', '-0']).encoding('latin1').run()).stdout.includes('RAW=a\\xff\\xfe\\0'));`;
    const shell = 'RAW=$(printf "a\\377\\376"); export RAW; exec "$@"';
    expect(await application(code, { shell })).toBe('true\n');
  });

  it('may be empty, or become so', async () => {
    const code = `
      for (const name of Object.keys(process.env)) delete process.env[name];
      const size = async () => (await manager.command(['/usr/bin/env', '-0']).run()).stdout.length;
      const sizes = [await size(), await size()];
      process.env.A = '1';
      sizes.push(await size());
      delete process.env.A;
      sizes.push(await size());
      console.log(sizes.join());`;
    expect(await application(code)).toBe('0,0,4,0\n');
  });

  it.each([
    ['a copy', '{ ...process.env, ONLY_HERE: "1" }'],
    ['a copy without a prototype', 'Object.assign(Object.create(null), process.env)'],
    [
      'one with a variable more',
      'new Proxy(process.env, { get: (env, name) => (name === "PATH" ? "/bin" : env[name]) })',
    ],
    ['a copy that can not be changed', 'Object.freeze({ ...process.env })'],
    [
      'what inherits from it',
      'Object.create(process.env, { OWN: { value: "1", enumerable: true } })',
    ],
  ])('is what has taken its place: %s', async (_, replacement) => {
    const code = `
      ${SEEN}
      await same();
      process.env = ${replacement};
      await same();
      process.env.LATER = '1';
      await same();
      process.env = { PATH: '/bin', A: '1' };
      await same();
      console.log('done');`;
    expect(await application(code)).toBe('done\n');
  });

  it('has nothing of the channel to the parent of this process, nor of its own trial', async () => {
    const code = `
      ${SEEN}
      process.env.NODE_CHANNEL_FD = '99';
      const names = Object.keys(await seen());
      delete process.env.NODE_CHANNEL_FD;
      await same();
      console.log(names.includes('NODE_CHANNEL_FD'), names.filter((name) => /TRIAL/.test(name)).length);`;
    expect(await application(code)).toBe('false 0\n');
  });

  it('is what a description makes of it', async () => {
    const code = `
      ${SEEN}
      const added = await seen(manager.env({ ADDED: '1' }));
      assert.deepStrictEqual(added, { ...process.env, ADDED: '1' });
      const less = await seen(manager.env({ HOME: false }));
      const { HOME, ...rest } = process.env;
      assert.deepStrictEqual(less, rest);
      assert.deepStrictEqual(Object.keys(await seen(manager.newPendingProcess().onlyEnv(['PATH']))), ['PATH']);
      const merged = await manager.command(['env', '-0']).mergeStderr().run();
      assert.deepStrictEqual(variables(merged.stdout), { ...process.env });
      console.log('done');`;
    expect(await application(code)).toBe('done\n');
  });
});
