import { describe, expect, it } from '@jest/globals';
import { Container, inject, injectable, type ServiceIdentifier } from 'inversify';
import {
  Application,
  ConfigurationError,
  InvalidArgumentError,
  ProcessManager,
  ProcessServiceProvider,
  ProviderError,
  ServiceProvider,
} from '@proc/core';

interface Clock {
  readonly name: string;
}
const Clock = Symbol('Clock') as ServiceIdentifier<Clock>;

@injectable()
class Encoder {
  constructor(@inject(ProcessManager) readonly processes: ProcessManager) {}
}

describe('Application', () => {
  it('binds itself and its container', () => {
    const app = new Application();
    expect(app.get(Application)).toBe(app);
    expect(app.get(Container)).toBe(app.container);
  });

  it('adds its services to a container of the user', () => {
    const container = new Container();
    container.bind(Clock).toConstantValue({ name: 'theirs' });
    const app = new Application({ container, providers: [ProcessServiceProvider] });
    expect(app.container).toBe(container);
    expect(app.get(Clock).name).toBe('theirs');
    expect(container.get(ProcessManager)).toBe(app.get(ProcessManager));
  });

  it('leaves alone what a container of the user has bound already, where it is only a default', () => {
    const container = new Container();
    container.bind(Clock).toConstantValue({ name: 'theirs' });
    const app = new Application({ container }).singletonIf(Clock, () => ({ name: 'default' }));
    expect(app.get(Clock).name).toBe('theirs');
  });

  it('makes a class that is not bound, with its dependencies injected', () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    expect(app.get(Encoder).processes).toBe(app.get(ProcessManager));
  });

  it('shows services that exist already a swapped instance', () => {
    const app = new Application();
    app.instance(Clock, { name: 'first' });
    const token = Symbol('reader') as ServiceIdentifier<() => string>;
    app.singleton(token, (self) => () => self.get(Clock).name);
    const read = app.get(token);
    app.instance(Clock, { name: 'second' });
    expect(read()).toBe('second');
  });

  it('binds, extends and tells what is bound', () => {
    const app = new Application();
    expect(app.bound(Clock)).toBe(false);
    app.bind(Clock, () => ({ name: 'a' })).extend(Clock, ({ name }) => ({ name: `<${name}>` }));
    expect([app.bound(Clock), app.get(Clock).name]).toEqual([true, '<a>']);
    expect(app.get(Clock)).not.toBe(app.get(Clock));
  });

  it('resolves by names', () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    const manager = app.get(ProcessManager);
    expect([app.get('process'), app.get('process.manager')]).toEqual([manager, manager]);
    expect([app.bound('process'), app.bound('process.pool')]).toEqual([true, false]);
    app.alias('clock', Clock);
    expect(app.bound('clock')).toBe(false);
    app.instance(Clock, { name: 'a' });
    expect(app.get('clock')).toEqual({ name: 'a' });
  });

  it.each([
    ['process.pool', 'Register PoolServiceProvider of @proc/pool.'],
    ['process.workers', 'Register WorkersServiceProvider of @proc/workers.'],
    ['process.manger', 'Did you mean "process.manager"?'],
    ['constructor', 'No service is registered under the name "constructor"'],
  ])('says what to do for the name %s', (name, advice) => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    expect(() => app.get(name)).toThrow(ProviderError);
    expect(() => app.get(name)).toThrow(advice);
  });

  it('names the token that nothing is bound to', () => {
    expect(() => new Application().get(Clock)).toThrow(/Nothing is bound to Symbol\(Clock\)/);
    expect(() => new Application().get(Clock)).toThrow(ProviderError);
  });

  it.each([
    [ProcessManager, 'Register ProcessServiceProvider of @proc/core.'],
    [Symbol.for('@proc/ipc/Ipc'), 'Register IpcServiceProvider of @proc/ipc.'],
    [Symbol.for('@proc/workers/Parallel'), 'Register WorkersServiceProvider of @proc/workers.'],
    [Symbol.for('@proc/ipc-redis/X'), 'Register the service provider of @proc/ipc-redis.'],
    [Symbol.for('mine'), 'Register the provider that brings it.'],
  ])('names the provider of %p', (token, advice) => {
    expect(() => new Application().get(token)).toThrow(advice);
  });

  it('reads its configuration, and reports a mistake in it when it boots', async () => {
    const app = new Application({
      providers: [ProcessServiceProvider],
      config: { process: { timeuot: 5 } },
    });
    expect(app.config.get('process.timeuot')).toBe(5);
    await expect(app.boot()).rejects.toThrow(/process\.timeuot is not known/);
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { timeout: 5 },
      'the key timeout, which nobody reads. It belongs below process: write { process: { timeout: … } }.',
    ],
    [{ process: {}, pool: { concurrency: 2 } }, 'write { process: { pool: … } }'],
    [{ ipc: { socket: true } }, 'write { process: { ipc: … } }'],
    [{ 'process.pool.concurrency': 2 }, 'write { process: { pool: { concurrency: … } } }'],
    [{ proces: { timeout: 5 } }, 'the key proces, which nobody reads. Did you mean "process"?'],
    [{ timeout: '5 parsecs' }, 'It belongs below process'],
    [{ grace: -1 }, 'It belongs below process'],
    [{ orphans: 'keep' }, 'It belongs below process'],
    [{ pool: { concurrency: 0 } }, 'It belongs below process'],
    [{ output: { policy: 'tial', limit: '1MiB' } }, 'It belongs below process'],
    [{ proces: { timeout: 'soon', pool: {} } }, 'Did you mean "process"?'],
  ])('refuses %j, which is on the wrong level', async (config, advice) => {
    const app = new Application({ providers: [ProcessServiceProvider], config });
    const failure: unknown = await app.boot().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as Error).message).toContain(advice);
  });

  it('leaves alone what is for the providers of others', async () => {
    class Http extends ServiceProvider {
      override register(): void {
        this.mergeConfig('timeout', { connect: 1 });
        this.mergeConfig('workers', { count: 1 });
      }
    }
    const config = {
      ...{ timeout: 5, workers: { count: 3 } },
      ...{ env: 'production', pool: { host: 'db' }, shell: undefined, database: {} },
      ...{ processes: ['a'], proces: { mine: 1, timeout: 'soon' }, 'my.key': 1 },
      ...{ grace: { period: 5 }, output: 'dist', default: true, orphans: null, toString: 'x' },
      ...{ drain: [], pipe: { concurrency: 1, mode: 'odd' }, drivers: { db: 'mysql' } },
    };
    const app = new Application({ providers: [ProcessServiceProvider, Http], config });
    await expect(app.boot()).resolves.toBeUndefined();
  });

  it.each([
    [{ timeout: 5 }, 'Unknown key: "timeout".'],
    [{ provider: [] }, 'Did you mean "providers"?'],
    [{ providers: ProcessServiceProvider }, 'Providers of an application are given as a list'],
    [{ providers: [undefined] }, 'A provider is a class that extends ServiceProvider'],
    [{ providers: [{}] }, 'or deferred; got {}.'],
    [
      {
        providers: [
          class Plain {
            readonly a = 1;
          },
        ],
      },
      'or deferred; got Plain { a: 1 }.',
    ],
    [{ providers: 'abc' }, "are given as a list; got 'abc'."],
    [{ container: {} }, 'The container of an application is one of inversify; got {}.'],
    [{ config: 5 }, 'The configuration of an application is given as an object'],
    [null, 'Options of an application are given as an object'],
  ])('refuses the options %j', (options, problem) => {
    expect(() => new Application(options as never)).toThrow(problem);
    expect(() => new Application(options as never)).toThrow(InvalidArgumentError);
  });

  it('shuts its services down although it was never booted', async () => {
    const app = new Application({ providers: [ProcessServiceProvider] });
    const manager = app.get(ProcessManager);
    await app.shutdown();
    await expect(manager.run(['true'])).rejects.toThrow(/has been shut down/);
  });
});
