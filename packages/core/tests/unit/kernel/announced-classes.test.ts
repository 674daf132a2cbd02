import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServiceIdentifier } from 'inversify';
import {
  announceClass,
  Application,
  DeferredProvider,
  ProcessManager,
  ProcessServiceProvider,
  ServiceProvider,
  type ServiceProviderClass,
} from '@proc/core';

interface Counter {
  readonly name: string;
}

describe('a token, and the class that is announced for it', () => {
  const Store = Symbol('Store') as ServiceIdentifier<Counter>;
  let Counter: ServiceIdentifier<Counter> & symbol;
  let loads: number;
  let module:
    { readonly type: new () => Counter; readonly Provider: ServiceProviderClass } | undefined;
  let app: Application;

  beforeEach(() => {
    Counter = Symbol('Counter');
    loads = 0;
    module = undefined;
  });
  afterEach(() => app.shutdown());

  /** What the first `require` of the module does. */
  function evaluate(): NonNullable<typeof module> {
    loads++;
    class CounterClass implements Counter {
      readonly name: string = 'real';
    }
    announceClass(Counter, CounterClass);
    class Provider extends ServiceProvider {
      override register(): void {
        this.app.singleton(CounterClass, () => new CounterClass());
        this.app.singleton(Store, () => ({ name: 'store' }));
      }
      override boot(): void {
        const { name } = this.app.get(CounterClass);
        this.app.get(ProcessManager).macro('whoCounts', () => name);
      }
    }
    return { type: CounterClass, Provider };
  }
  const load = (): NonNullable<typeof module> => (module ??= evaluate());
  const deferred = (): DeferredProvider =>
    new DeferredProvider({
      name: 'CounterProvider of late',
      load: () => load().Provider,
      provides: [Counter, Store],
      macros: ['whoCounts'],
    });

  function application(...providers: (ServiceProviderClass | DeferredProvider)[]): Application {
    app = new Application({ providers: [ProcessServiceProvider, ...providers] });
    void app.boot();
    return app;
  }

  const whoCounts = (): string =>
    (app.get(ProcessManager) as unknown as { whoCounts(): string }).whoCounts();

  it('are extended as one, once for all who get it, also by macros', () => {
    application(deferred());
    let times = 0;
    app.extend(Counter, ({ name }) => {
      times++;
      return { name: `<${name}>` };
    });
    expect(loads).toBe(0);
    expect(whoCounts()).toBe('<real>');
    expect(app.get(Counter)).toBe(app.get(Counter));
    expect(app.get(load().type)).toBe(app.get(Counter));
    expect(times).toBe(1);
    app.extend(Counter, ({ name }) => ({ name: `(${name})` }));
    expect(app.get(load().type).name).toBe('(<real>)');
  });

  it('are replaced as one: what is put in the place of the token is what macros use', () => {
    application(deferred());
    const fake = { name: 'fake' };
    app.instance(Counter, fake);
    expect(whoCounts()).toBe('fake');
    expect(app.get(load().type)).toBe(fake);
    expect(app.get(Store).name).toBe('store');
    app.singleton(Counter, () => ({ name: 'another' }));
    expect(app.get(load().type).name).toBe('another');
  });

  it.each([
    ['before', () => [load().Provider, deferred()]],
    ['after', () => [deferred(), load().Provider]],
  ])('are had of the provider that was registered by hand %s it was deferred', (_, providers) => {
    application(...providers());
    expect(app.get(Counter)).toBe(app.get(load().type));
    expect(app.get(Counter)).toBe(app.get(Counter));
    expect(app.get(Counter).name).toBe('real');
    expect(app.get(Store)).toBe(app.get(Store));
    expect(whoCounts()).toBe('real');
  });

  it('leaves what was bound before it was deferred, until somebody binds another', () => {
    const mine = { name: 'mine' };
    application();
    app.instance(Store, mine);
    app.register(deferred());
    expect(app.get(Store)).toBe(mine);
    expect(loads).toBe(0);
    expect(app.get(Counter).name).toBe('real');
    expect(app.get(Store)).toBe(mine);
  });
});
