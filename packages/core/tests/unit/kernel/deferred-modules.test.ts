import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { inject, injectable, type ServiceIdentifier } from 'inversify';
import type * as core from '@proc/core';
import {
  announceClass,
  Application,
  DeferredProvider,
  InvalidArgumentError,
  ProcessManager,
  ProcessServiceProvider,
  ProviderError,
  ServiceProvider,
  type Deferral,
  type ServiceProviderClass,
} from '@proc/core';

interface Clock {
  readonly name: string;
}
const Clock = Symbol('Clock') as ServiceIdentifier<Clock>;

/** As a module has it that is loaded late: a class nobody knows before. */
interface Module {
  readonly Counter: new () => object;
  readonly Provider: ServiceProviderClass;
}

describe('a provider whose module is loaded late', () => {
  let log: string[];
  let Counter: symbol;
  let count = 0;

  beforeEach(() => {
    log = [];
    Counter = Symbol(`Counter ${++count}`);
  });

  let app: Application;
  afterEach(async () => {
    await app.shutdown();
  });

  /** Evaluates the module, as the first `require` does. */
  function evaluate(): Module {
    log.push('module');
    class CounterClass {
      readonly counted = 0;
    }
    announceClass(Counter, CounterClass);
    class Provider extends ServiceProvider {
      override register(): void {
        log.push('registers');
        this.app.singleton(Clock, () => ({ name: 'late' }));
        this.app.singleton(CounterClass, () => new CounterClass());
        this.app.alias('counter', CounterClass);
      }
      override boot(): void {
        log.push('boots');
        if (!this.app.bound(ProcessManager)) return;
        this.app.get(ProcessManager).macro('tick', (by: number) => `tick ${by}`);
      }
      override shutdown(): void {
        log.push('shuts down');
      }
    }
    return { Counter: CounterClass, Provider };
  }

  let loaded: Module | undefined;
  const load = (): Module => (loaded ??= evaluate());
  beforeEach(() => {
    loaded = undefined;
  });

  function deferred(given: Partial<Deferral> = {}): DeferredProvider {
    return new DeferredProvider({
      name: 'LateProvider of late',
      load: () => load().Provider,
      provides: [Clock, Counter],
      aliases: { counter: Counter },
      macros: ['tick'],
      ...given,
    });
  }

  function application(...providers: (ServiceProviderClass | DeferredProvider)[]): Application {
    app = new Application({ providers: [ProcessServiceProvider, ...providers] });
    void app.boot();
    return app;
  }

  const tick = (): unknown => {
    const manager = app.get(ProcessManager) as unknown as { tick(by: number): unknown };
    return manager.tick(3);
  };

  it('is not loaded before it is needed, although all that it brings seems to be there', async () => {
    application(deferred());
    expect(app.bound(Clock)).toBe(true);
    expect(app.bound('counter')).toBe(true);
    expect(app.get(ProcessManager).hasMacro('tick')).toBe(true);
    await app.shutdown();
    expect(log).toEqual([]);
  });

  it('may have been made by another copy of the package', () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof core>('@proc/core');
      expect(copy.DeferredProvider).not.toBe(DeferredProvider);
      const its = new copy.DeferredProvider({
        name: 'LateProvider of a copy',
        load: () =>
          class extends copy.ServiceProvider {
            override register(): void {
              this.app.singleton(Clock, () => ({ name: 'of a copy' }));
            }
          },
        provides: [Clock],
      });
      application(its);
      expect(app.get(Clock).name).toBe('of a copy');
    });
  });

  it('is loaded, registered and booted once, when a service is asked for', () => {
    application(deferred());
    expect(app.get(Clock).name).toBe('late');
    expect(app.get(Clock)).toBe(app.get(Clock));
    expect(app.get('counter')).toBe(app.get(Counter));
    expect(tick()).toBe('tick 3');
    expect(log).toEqual(['module', 'registers', 'boots']);
  });

  it('is loaded when a macro is called, which then has its own arguments and result', () => {
    application(deferred());
    const manager = app.get(ProcessManager) as unknown as { tick: (by: number) => unknown };
    const { tick: early } = manager;
    expect(early(1)).toBe('tick 1');
    expect(early(2)).toBe('tick 2');
    expect(log).toEqual(['module', 'registers', 'boots']);
  });

  it('is loaded when the name of a service is asked for', () => {
    application(deferred());
    expect(app.get('counter')).toBeInstanceOf(load().Counter);
  });

  it('provides a class, whether its module is loaded before the application is made or after', () => {
    application(deferred());
    const late = load().Counter;
    expect(app.get(late)).toBeInstanceOf(late);
    expect(app.get(Counter)).toBe(app.get(late));

    const other = new Application({ providers: [deferred()] });
    void other.boot();
    expect(other.get(late)).toBe(other.get(late));
    expect(other.get(late)).not.toBe(app.get(late));
  });

  it('injects a class by itself into what is made, not another one of it', () => {
    application(deferred());
    const late = load().Counter;
    class User {
      constructor(readonly counter: object) {}
    }
    injectable()(User);
    inject(late)(User, undefined, 0);
    expect(app.get(User).counter).toBe(app.get(Counter));
  });

  it('leaves a class in place that was bound by hand, also when one of its macros is called', () => {
    application(deferred());
    const late = load().Counter;
    const mine = new late();
    app.instance(late, mine);
    expect(tick()).toBe('tick 3');
    expect(app.get(Clock).name).toBe('late');
    expect(app.get(late)).toBe(mine);
    expect(app.get('counter')).toBe(mine);
    expect(app.get(Counter)).toBe(mine);
  });

  it('is shut down before what was registered before it, whenever it was needed', async () => {
    class Early extends ServiceProvider {
      override shutdown(): void {
        log.push('early shuts down');
      }
    }
    class Last extends ServiceProvider {
      override shutdown(): void {
        log.push('last shuts down');
      }
    }
    application(Early, deferred(), Last);
    app.get(Clock);
    await app.shutdown();
    const ends = ['last shuts down', 'shuts down', 'early shuts down'];
    expect(log.slice(3)).toEqual(ends);
  });

  it('is not loaded any more once its turn to shut down has come', async () => {
    class Early extends ServiceProvider {
      override shutdown(): void {
        expect(() => app.get(Clock)).toThrow(ProviderError);
        log.push('early shuts down');
      }
    }
    application(Early, deferred());
    const message = 'Can not load LateProvider of late: the application has been shut down.';
    const manager = app.get(ProcessManager) as unknown as { tick: (by: number) => unknown };
    await app.shutdown();
    expect(() => manager.tick(1)).toThrow(message);
    expect(() => app.get(Counter)).toThrow(message);
    expect(log).toEqual(['early shuts down']);
  });

  it('is shut down when something that ends before it has needed it to end', async () => {
    class Last extends ServiceProvider {
      override shutdown(): void {
        log.push(app.get(Clock).name);
      }
    }
    application(deferred(), Last);
    await app.shutdown();
    expect(log).toEqual(['module', 'registers', 'boots', 'late', 'shuts down']);
  });

  it('is booted with the others when it is needed before the boot', async () => {
    app = new Application({ providers: [ProcessServiceProvider, deferred()] });
    expect(app.get(Clock).name).toBe('late');
    expect(log).toEqual(['module', 'registers']);
    expect(tick).toThrow('LateProvider of late brings ProcessManager.tick(), once');
    await app.boot();
    expect(log).toEqual(['module', 'registers', 'boots']);
    expect(tick()).toBe('tick 3');
  });

  it('is not registered twice, be it registered by hand before or after it was needed', () => {
    application(deferred());
    app.register(load().Provider);
    expect(log).toEqual(['module', 'registers', 'boots']);
    expect(app.get(Counter)).toBe(app.get(load().Counter));
    expect(tick()).toBe('tick 3');
    expect(log).toHaveLength(3);

    log = [];
    application(deferred());
    const first = app.get(Clock);
    app.register(load().Provider);
    expect(app.get(Clock)).toBe(first);
    expect(log).toEqual(['registers', 'boots']);
  });

  it('leaves alone the macros of a provider that was registered by hand', () => {
    application(load().Provider, deferred());
    expect(tick()).toBe('tick 3');
    expect(app.get('counter')).toBe(app.get(load().Counter));
    expect(log).toEqual(['module', 'registers', 'boots']);
  });

  it('is deferred once, however often it is registered', () => {
    const once = deferred();
    application(once, once);
    expect(app.register(once)).toBeUndefined();
    app.get(Clock);
    expect(log).toEqual(['module', 'registers', 'boots']);
  });

  it('is named by the error when its module can not be loaded, and tried again', () => {
    let missing = true;
    const provider = deferred({
      load: () => {
        if (missing) throw new Error("Cannot find module 'late'");
        return load().Provider;
      },
    });
    application(provider);
    const message = "LateProvider of late could not be loaded: Error: Cannot find module 'late'";
    expect(() => app.get(Clock)).toThrow(ProviderError);
    expect(() => app.get(Clock)).toThrow(message);
    expect(tick).toThrow(message);
    missing = false;
    expect(tick()).toBe('tick 3');
    expect(app.get(Clock).name).toBe('late');
  });

  it('is tried again when its registration has failed', () => {
    let failing = true;
    class Failing extends ServiceProvider {
      override register(): void {
        if (failing) throw new Error('not yet');
        this.app.singleton(Clock, () => ({ name: 'at last' }));
      }
    }
    application(deferred({ load: () => Failing, macros: [] }));
    expect(() => app.get(Clock)).toThrow('not yet');
    failing = false;
    expect(app.get(Clock).name).toBe('at last');
  });

  it('says by its name that it has failed to boot, and boots at the next call of a macro', () => {
    let failing = true;
    class Failing extends ServiceProvider {
      override boot(): void {
        if (failing) throw new Error('not yet');
        this.app.get(ProcessManager).macro('tick', () => 'booted');
      }
    }
    application(deferred({ load: () => Failing }));
    expect(tick).toThrow('Failing failed to boot: Error: not yet');
    failing = false;
    expect(tick()).toBe('booted');
  });

  it('is named by the error when it brings less than was said', () => {
    class Empty extends ServiceProvider {}
    application(deferred({ load: () => Empty }));
    expect(() => app.get(Clock)).toThrow(
      'LateProvider of late says that it provides Symbol(Clock), but does not bind it.',
    );
    expect(tick).toThrow('LateProvider of late brings ProcessManager.tick(), but does not add it.');
  });

  it.each([
    ['a promise', async () => ServiceProvider],
    ['nothing', () => undefined],
    ['another class', () => Map],
  ])('is named by the error when load() gives %s', (_, wrong) => {
    application(deferred({ load: wrong as unknown as () => ServiceProviderClass }));
    expect(() => app.get(Clock)).toThrow(
      /^LateProvider of late could not be loaded: load\(\) is to/,
    );
  });

  it('must be described, and bring something', () => {
    app = new Application();
    expect(() => deferred({ name: '' })).toThrow(InvalidArgumentError);
    expect(() => deferred({ load: 'late' as never })).toThrow(/load of LateProvider of late is a/);
    expect(() => deferred({ provides: Clock as never })).toThrow(InvalidArgumentError);
    expect(() => deferred({ when: [] } as never)).toThrow(/Unknown key: "when"/);
    const empty = deferred({ provides: [], macros: [] });
    expect(() => app.register(empty)).toThrow(ProviderError);
  });
});
