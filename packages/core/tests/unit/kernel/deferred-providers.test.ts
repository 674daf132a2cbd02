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

  it('is known by a mark, and not by the names of its members', () => {
    class Cook extends ServiceProvider {
      readonly deferral = 'of the meal';
      load(): void {}
      override register(): void {
        this.app.instance(Service, { name: 'a meal' });
      }
    }
    const app = new Application();
    expect(app.register(new Cook(app))).toBeInstanceOf(Cook);
    expect(app.get(Service).name).toBe('a meal');
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

  describe('whose boot fails', () => {
    function failing(boot: () => void | Promise<void>): Application {
      class Failing extends ServiceProvider {
        static override readonly deferred = true;
        override provides(): readonly ServiceIdentifier[] {
          return [Service, Other];
        }
        override register(): void {
          this.app.singleton(Service, () => ({ name: 'lazy' }));
          this.app.singleton(Other, () => ({ name: 'lazy too' }));
        }
        override boot(): void | Promise<void> {
          expect(this.app.get(Other).name).toBe('lazy too');
          return boot();
        }
      }
      const app = new Application({ providers: [Failing] });
      void app.boot();
      return app;
    }

    it('gives no service of it, until the boot that is tried again succeeds', () => {
      let tries = 0;
      const app = failing(() => {
        if (++tries < 3) throw new Error(`no disk (${tries})`);
      });
      expect(() => app.get(Service)).toThrow('Failing failed to boot: Error: no disk (1)');
      expect(() => app.get(Other)).toThrow('Failing failed to boot: Error: no disk (2)');
      expect(app.get(Service).name).toBe('lazy');
      expect(app.get(Service)).toBe(app.get(Service));
      expect(tries).toBe(3);
    });

    it('keeps what an asynchronous boot rejects with for whoever asks next', async () => {
      const outcomes = [new Error('no disk'), new Error('still none'), undefined];
      const app = failing(async () => {
        const outcome = outcomes.shift();
        if (outcome !== undefined) throw outcome;
      });
      const unhandled: unknown[] = [];
      const hear = (reason: unknown): void => void unhandled.push(reason);
      process.on('unhandledRejection', hear);
      try {
        expect(app.get(Service).name).toBe('lazy');
        await new Promise(setImmediate);
        await new Promise(setImmediate);
      } finally {
        process.off('unhandledRejection', hear);
      }
      expect(unhandled).toEqual([]);
      expect(() => app.get(Service)).toThrow('Failing failed to boot: Error: no disk');
      expect(() => app.get(Other)).toThrow('Failing failed to boot: Error: no disk');
      await expect(app.boot()).rejects.toThrow('Failing failed to boot: Error: still none');
      expect(() => app.get(Service)).toThrow('Failing failed to boot: Error: still none');
      await app.boot();
      expect(app.get(Service).name).toBe('lazy');
    });

    it('does not keep back what was put in the place of its service', () => {
      const app = failing(() => {
        throw new Error('no disk');
      });
      expect(() => app.get(Service)).toThrow('no disk');
      app.instance(Service, { name: 'mine' });
      expect(app.get(Service).name).toBe('mine');
      expect(() => app.get(Other)).toThrow('no disk');
    });
  });
});
