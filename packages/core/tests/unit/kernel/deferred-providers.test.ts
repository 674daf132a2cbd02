import { describe, expect, it } from '@jest/globals';
import type { ServiceIdentifier } from 'inversify';
import { Application, ServiceProvider } from '@proc/core';

interface Service {
  readonly name: string;
}
const Service = Symbol('Service') as ServiceIdentifier<Service>;
const Other = Symbol('Other') as ServiceIdentifier<Service>;

function application(): { readonly app: Application; readonly log: string[] } {
  const log: string[] = [];
  class Lazy extends ServiceProvider {
    static override readonly deferred = true;
    override provides(): readonly ServiceIdentifier[] {
      return [Service, Other];
    }
    override register(): void {
      log.push('registers');
      this.app.singleton(Service, () => ({ name: 'lazy' }));
      this.app.singleton(Other, () => ({ name: 'lazy too' }));
    }
    override shutdown(): void {
      log.push('shuts down');
    }
  }
  return { app: new Application({ providers: [Lazy] }), log };
}

describe('a deferred provider', () => {
  it('is not needed where its service was put there by hand', async () => {
    const { app, log } = application();
    const mine = { name: 'mine' };
    app.instance(Service, mine);
    await app.boot();
    expect(app.get(Service)).toBe(mine);
    await app.shutdown();
    expect(log).toEqual([]);
  });

  it('leaves in place what was put there by hand, also when another of its services is needed', () => {
    const { app, log } = application();
    app.extend(Service, ({ name }) => ({ name: `<${name}>` }));
    app.singleton(Service, () => ({ name: 'mine' }));
    const mine = app.get(Service);
    expect(app.get(Other).name).toBe('lazy too');
    expect(log).toEqual(['registers']);
    expect(mine.name).toBe('<mine>');
    expect(app.get(Service)).toBe(mine);
    app.instance(Service, { name: 'a later one' });
    expect(app.get(Service).name).toBe('a later one');
  });

  it('stays deferred when its service is extended', async () => {
    const { app, log } = application();
    app.extend(Service, ({ name }) => ({ name: `<${name}>` }));
    await app.boot();
    expect(log).toEqual([]);
    expect(app.get(Service).name).toBe('<lazy>');
    expect(log).toEqual(['registers']);
  });

  it('that nobody needed is not shut down either', async () => {
    const { app, log } = application();
    await app.boot();
    await app.shutdown();
    expect(log).toEqual([]);
  });
});
