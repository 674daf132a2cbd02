import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ProcessDriver } from '../../../src/contracts/process-driver.js';
import { localCapabilities } from '../../../src/drivers/local-capabilities.js';
import { DriverNotFoundError } from '../../../src/errors/driver-not-found-error.js';
import { resolveProcessConfig } from '../../../src/manager/define-process-config.js';
import { DriverRegistry } from '../../../src/manager/driver-registry.js';
import type { ProcessConfig } from '../../../src/manager/process-config.js';

const driver = (name: string): ProcessDriver => ({
  name,
  capabilities: localCapabilities,
  start: () => Promise.reject(new Error('not for starting')),
});

const registry = (config: ProcessConfig = {}): DriverRegistry =>
  new DriverRegistry(resolveProcessConfig(config));

describe('DriverRegistry', () => {
  let fromEnvironment: string | undefined;
  beforeEach(() => {
    fromEnvironment = process.env['PROC_DRIVER'];
    delete process.env['PROC_DRIVER'];
  });
  afterEach(() => {
    if (fromEnvironment === undefined) delete process.env['PROC_DRIVER'];
    else process.env['PROC_DRIVER'] = fromEnvironment;
  });

  it('chooses execa where nobody says anything', () => {
    expect(registry().resolve(null).name).toBe('execa');
  });

  it('prefers to execa what is registered as preferred, the last one first, as long as it says so', () => {
    const drivers = registry();
    const usable = { first: true, second: true };
    drivers.extend('first', () => driver('first'), { preferred: () => usable.first });
    drivers.extend('second', () => driver('second'), { preferred: () => usable.second });
    drivers.extend('third', () => driver('third'));
    expect(drivers.resolve(null).name).toBe('second');
    usable.second = false;
    expect(drivers.resolve(null).name).toBe('first');
    usable.first = false;
    expect(drivers.resolve(null).name).toBe('execa');
    expect(drivers.resolve('second').name).toBe('second');
  });

  it('forgets the preference for a driver that is replaced', () => {
    const drivers = registry();
    drivers.extend('posix', () => driver('posix'), { preferred: () => true });
    drivers.extend('posix', () => driver('other'));
    expect(drivers.resolve(null).name).toBe('execa');
  });

  it('prefers the environment to a preferred driver, the configuration to the environment, and a call to all', () => {
    process.env['PROC_DRIVER'] = 'node';
    const free = registry();
    free.extend('posix', () => driver('posix'), { preferred: () => true });
    expect(free.resolve(null).name).toBe('node');
    const configured = registry({ default: 'mine' });
    configured.extend('mine', () => driver('mine'));
    expect(configured.resolve(null).name).toBe('mine');
    expect(configured.resolve('execa').name).toBe('execa');
  });

  it('refuses a driver in the place of what makes it', () => {
    expect(() => {
      registry().extend('mine', driver('mine') as never);
    }).toThrow('The driver "mine" is given as a function that makes it: () => new MyDriver().');
  });

  it('does not take an empty PROC_DRIVER for a choice', () => {
    process.env['PROC_DRIVER'] = '';
    expect(registry().resolve(null).name).toBe('execa');
  });

  it.each([
    ['driver()', () => registry().resolve('nod'), /"nod" \(asked for by driver\(\)\).*"node"/],
    [
      'the configuration',
      () => registry({ default: 'nod' }).resolve(null),
      /the configuration, process\.default/,
    ],
    [
      'the environment',
      () => {
        process.env['PROC_DRIVER'] = 'nod';
        return registry().resolve(null);
      },
      /the environment variable PROC_DRIVER/,
    ],
    [
      'the configuration, by more than its name',
      () => registry({ default: 'nodejs' }).resolve(null),
      /process\.default\)\. Registered: execa, node\. .*Did you mean "node"\?/,
    ],
    ['a package, with a slip', () => registry().resolve('posxi'), /Did you mean "posix"\?/],
    ['a package', () => registry().resolve('posix'), /PosixDriverServiceProvider/],
    ['a prototype', () => registry().resolve('constructor'), /"constructor"/],
    [
      'a configured name',
      () => registry({ drivers: { mine: { driver: 'nod' } } }).resolve('mine'),
      /"nod" \(asked for by the configuration, process\.drivers\.mine\).*"node"/,
    ],
    [
      'a configured name without a driver',
      () => registry({ drivers: { mine: { speed: 9 } } }).resolve('mine'),
      /process\.drivers\.mine\)\. Registered: execa, node\./,
    ],
  ])('says who asked for a driver that is not there: %s', (_, ask, message) => {
    expect(ask).toThrow(DriverNotFoundError);
    expect(ask).toThrow(message);
  });

  it('makes a driver once, at its first use, with its part of the configuration', () => {
    const make = jest.fn(() => driver('x'));
    const drivers = registry({ drivers: { mine: { driver: 'x', speed: 9 }, x: { speed: 1 } } });
    drivers.extend('x', make);
    expect(make).not.toHaveBeenCalled();
    const mine = drivers.resolve('mine');
    expect(drivers.resolve('mine')).toBe(mine);
    expect(drivers.resolve('x')).not.toBe(mine);
    expect(make.mock.calls).toEqual([[{ speed: 9 }], [{ speed: 1 }]]);
  });

  it('replaces a driver that is there already, and those configured of its type', () => {
    const drivers = registry({ drivers: { mine: { driver: 'x' } } });
    drivers.extend('x', () => driver('old'));
    expect([drivers.resolve('x').name, drivers.resolve('mine').name]).toEqual(['old', 'old']);
    drivers.extend('x', () => driver('new'));
    expect([drivers.resolve('x').name, drivers.resolve('mine').name]).toEqual(['new', 'new']);
  });

  it('names all, each once', () => {
    const drivers = registry({ drivers: { mine: { driver: 'node' }, node: {} } });
    drivers.extend('other', () => driver('other'));
    expect([...drivers.names()].sort()).toEqual(['execa', 'mine', 'node', 'other']);
  });

  it('puts decorators around every driver at each use, the last outermost, and takes them out again', () => {
    const drivers = registry();
    const wrap =
      (name: string) =>
      (inner: ProcessDriver): ProcessDriver => ({ ...driver(`${name}(${inner.name})`) });
    const removeA = drivers.decorate(wrap('a'));
    drivers.decorate(wrap('b'));
    expect(drivers.resolve('node').name).toBe('b(a(node))');
    removeA();
    removeA();
    expect(drivers.resolve('node').name).toBe('b(node)');
  });

  it('takes out one decorator, however often its removal is asked for', () => {
    const drivers = registry();
    const wrap = (inner: ProcessDriver): ProcessDriver => driver(`w(${inner.name})`);
    const remove = drivers.decorate(wrap);
    drivers.decorate(wrap);
    remove();
    remove();
    expect(drivers.resolve('node').name).toBe('w(node)');
  });
});
