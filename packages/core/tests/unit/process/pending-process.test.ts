import { isatty } from 'node:tty';
import { describe, expect, it, jest } from '@jest/globals';
import { NodeDriver } from '../../../src/drivers/node-driver.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import type { PendingProcess } from '../../../src/process/pending-process.js';
import { makeManager } from '../../support/manager.js';

const pending = (): PendingProcess => makeManager().command(['git', 'log', 'a b']);

describe('PendingProcess', () => {
  it('gives a specification that is frozen and can be serialised', () => {
    const spec = pending()
      .env({ A: 1 })
      .tag('t')
      .meta({ a: [1] })
      .input('x')
      .toSpec();
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(spec).toMatchObject({
      command: { kind: 'argv', file: 'git', args: ['log', 'a b'] },
      input: 'text',
      timeoutMs: null,
      tag: 't',
    });
    for (const part of [spec, spec.command, spec.env, spec.env.set, spec.stdout, spec.meta]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('has copies that go their own way', () => {
    const base = pending().env({ A: 1 }).tag('base');
    const copy = base.clone().env({ B: 2 }).tag('copy');
    base.timeout(5);
    expect(base.toSpec()).toMatchObject({ tag: 'base', env: { set: { A: '1' } }, timeoutMs: 5 });
    expect(copy.toSpec()).toMatchObject({ tag: 'copy', timeoutMs: null });
    expect(base.toSpec().env.set).toEqual({ A: '1' });
    expect(copy.toSpec().env.set).toEqual({ A: '1', B: '2' });
  });

  it('gives specifications that later changes do not reach', () => {
    const description = pending();
    const before = description.toSpec();
    description.env({ A: 1 }).timeout(5).command('other');
    expect(before).toMatchObject({ timeoutMs: null, env: { set: {} }, command: { file: 'git' } });
    expect(description.toSpec()).toMatchObject({ timeoutMs: 5, command: { file: 'other' } });
  });

  it('is independent of others of the same manager', () => {
    const manager = makeManager();
    manager.timeout(5).env({ A: 1 });
    expect(manager.command('x').toSpec()).toMatchObject({ timeoutMs: null, env: { set: {} } });
  });

  it('is a copy-pasteable command line as text', () => {
    expect(String(pending())).toBe("git log 'a b'");
    expect(String(makeManager().command('a | b'))).toBe('a | b');
  });

  it('takes its defaults from the configuration', () => {
    const manager = makeManager({
      timeout: '1s',
      idleTimeout: '2s',
      grace: 7,
      env: { mode: 'clean' },
      output: { policy: 'tail', limit: 9 },
      shell: '/opt/sh',
    });
    expect(manager.command('a | b').toSpec()).toMatchObject({
      timeoutMs: 1000,
      idleTimeoutMs: 2000,
      graceMs: 7,
      env: { mode: 'clean' },
      stdout: { policy: 'tail', limit: 9 },
      stderr: { policy: 'tail', limit: 9 },
      command: { shell: '/opt/sh' },
    });
  });

  it('is changed on a condition', () => {
    const spec = pending()
      .when(true, (self) => self.tag('yes'))
      .when(0, (self) => self.timeout(1))
      .when(
        (self) => self.toSpec().tag,
        (self, tag) => self.meta({ tag }),
      )
      .unless(false, (self) => self.idleTimeout(3))
      .unless(
        1,
        () => expect(true).toBe(false),
        (self, value) => self.meta({ value }),
      )
      .tap((self) => self.quietly())
      .toSpec();
    expect(spec).toMatchObject({
      tag: 'yes',
      timeoutMs: null,
      meta: { tag: 'yes', value: 1 },
      idleTimeoutMs: 3,
      quiet: true,
    });
  });

  it.each<[string, () => unknown]>([
    ['when', () => pending().when(true, undefined as never)],
    ['unless', () => pending().unless(false, 'grace' as never)],
    ['tap', () => pending().tap(5 as never)],
  ])('refuses what is no function to be called by %s()', (name, tell) => {
    expect(tell).toThrow(InvalidArgumentError);
    expect(tell).toThrow(new RegExp(`${name}\\(\\).* a function, not`));
  });

  it('begins with every verb of the manager', () => {
    const manager = makeManager();
    const specs = [
      manager.path('/tmp'),
      manager.timeout(1),
      manager.idleTimeout(2),
      manager.forever(),
      manager.env({ A: 1 }),
      manager.input('x'),
      manager.quietly(),
      manager.tty(false),
      manager.shell(),
      manager.retry(3, 4),
      manager.driver('node'),
    ].map((description) => description.command('x').toSpec());
    expect(specs).toMatchObject([
      { cwd: '/tmp' },
      { timeoutMs: 1 },
      { idleTimeoutMs: 2 },
      { timeoutMs: null },
      { env: { set: { A: '1' } } },
      { input: 'text' },
      { quiet: true },
      { tty: false },
      { command: { kind: 'shell' } },
      { retry: { times: 3, delayMs: 4 } },
      { driver: 'node' },
    ]);
  });

  it('calls neither middleware nor driver before it is run', () => {
    const manager = makeManager();
    const middleware = jest.fn();
    manager.use(middleware as never);
    manager.command('x').driver('not-there').toSpec();
    expect(middleware).not.toHaveBeenCalled();
  });

  it('refuses to be specified without a command', () => {
    expect(() => makeManager().newPendingProcess().toSpec()).toThrow(InvalidArgumentError);
    expect(() => makeManager().newPendingProcess().toSpec()).toThrow(/no command/);
  });

  it('describes a Node program with a channel of messages', () => {
    const spec = makeManager().path('/').node('a.mjs', ['x']).toSpec();
    const { command } = spec;
    expect(spec.ipc).toBe('json');
    expect(command).toMatchObject({ kind: 'argv', file: process.execPath });
    expect(command.kind === 'argv' && command.args.slice(-2)).toEqual(['a.mjs', 'x']);
    expect(makeManager().node('a.mjs').ipc('advanced').toSpec().ipc).toBe('advanced');
    expect(makeManager().node('a.mjs').ipc(false).toSpec().ipc).toBeNull();
    expect(pending().toSpec().ipc).toBeNull();
  });

  it('refuses to tie a detached process to this one by a channel', () => {
    const detached = makeManager().node('a.mjs').detach();
    expect(() => detached.toSpec()).toThrow(InvalidArgumentError);
    expect(() => detached.toSpec()).toThrow(/ipc\(false\)/);
    expect(detached.ipc(false).toSpec()).toMatchObject({ detached: true, ipc: null });
  });

  it('tells what its driver can do', () => {
    expect(pending().driver('node').driverCapabilities()).toMatchObject({
      remote: false,
      tty: isatty(0) && isatty(1),
    });
    expect(() => pending().driver('nod').driverCapabilities()).toThrow(/"node"/);
  });

  it('has the pipes that its driver makes, if it does', () => {
    const manager = makeManager();
    const ends = { read: 5, write: 6 };
    manager.extend('piping', () => Object.assign(new NodeDriver(), { openPipe: () => ends }));
    expect(manager.command('true').driver('piping').openPipe()).toBe(ends);
    expect(manager.command('true').driver('node').openPipe()).toBeUndefined();
    expect(() => pending().driver('nod').openPipe()).toThrow(/"node"/);
  });
});
