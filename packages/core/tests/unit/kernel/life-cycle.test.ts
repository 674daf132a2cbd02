import { describe, expect, it, jest } from '@jest/globals';
import type { ServiceIdentifier } from 'inversify';
import { Application, ProviderError, ServiceProvider, type ServiceProviderClass } from '@proc/core';
import { Gate, settled } from '../../support/captured.js';

/** Writes down what is done to it. */
function provider(
  log: string[],
  name: string,
  hooks: Partial<ServiceProvider> = {},
): ServiceProviderClass {
  return class extends ServiceProvider {
    override register(): void {
      log.push(`${name} registers`);
    }
    override boot(): void | Promise<void> {
      log.push(`${name} boots`);
      return hooks.boot?.call(this);
    }
    override shutdown(): void | Promise<void> {
      log.push(`${name} shuts down`);
      return hooks.shutdown?.call(this);
    }
  };
}

const boot = async (app: Application): Promise<void> => app.boot();

describe('the life of an application', () => {
  it('goes from created to terminated', async () => {
    const app = new Application();
    expect(app.state).toBe('created');
    app.register(provider([], 'a'));
    expect(app.state).toBe('registered');
    await app.boot();
    expect(app.state).toBe('booted');
    await app.shutdown();
    expect(app.state).toBe('terminated');
  });

  it('registers all, then boots in order, and shuts down in reverse', async () => {
    const log: string[] = [];
    const app = new Application({ providers: [provider(log, 'a'), provider(log, 'b')] });
    await app.boot();
    await app.shutdown();
    expect(log).toEqual([
      'a registers',
      'b registers',
      'a boots',
      'b boots',
      'b shuts down',
      'a shuts down',
    ]);
  });

  it('registers a class once, as a class or an instance', async () => {
    const log: string[] = [];
    const app = new Application();
    const A = provider(log, 'a');
    const registered = app.register(A);
    expect(app.register(A)).toBe(registered);
    expect(app.register(new A(app))).toBe(registered);
    await app.boot();
    await app.boot();
    expect(log).toEqual(['a registers', 'a boots']);
  });

  it('is booted on return as long as the providers are synchronous', () => {
    const app = new Application({ providers: [provider([], 'a')] });
    void app.boot();
    expect(app.state).toBe('booted');
  });

  it('awaits each provider before it boots the next', async () => {
    const log: string[] = [];
    const gate = new Gate();
    const app = new Application({
      providers: [provider(log, 'a', { boot: () => gate.opened }), provider(log, 'b')],
    });
    const booted = app.boot();
    await settled();
    expect([log.at(-1), app.state]).toEqual(['a boots', 'registered']);
    gate.open();
    await booted;
    expect([log.at(-1), app.state]).toEqual(['b boots', 'booted']);
  });

  it('boots a provider at once that comes after the boot', async () => {
    const log: string[] = [];
    const app = new Application();
    await app.boot();
    app.register(provider(log, 'late'));
    expect(log).toEqual(['late registers', 'late boots']);
  });

  it('lets a second boot wait for a late provider that boots asynchronously', async () => {
    const gate = new Gate();
    const app = new Application();
    await app.boot();
    app.register(provider([], 'late', { boot: () => gate.opened }));
    let booted = false;
    const again = app.boot().then(() => {
      booted = true;
    });
    await settled();
    expect(booted).toBe(false);
    gate.open();
    await again;
  });

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('no disk');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no disk'))],
  ])('names the provider whose boot %s', async (_, fail) => {
    const app = new Application({
      providers: [class Broken extends provider([], 'x', { boot: fail }) {}],
    });
    const error: unknown = await boot(app).catch((reason: unknown) => reason);
    expect(ProviderError.is(error)).toBe(true);
    expect((error as Error).message).toMatch(/Broken failed to boot: .*no disk/);
    expect(((error as Error).cause as Error).message).toBe('no disk');
  });

  it('warns of a late provider that fails to boot while nobody waits, and boots it the next time', async () => {
    const app = new Application();
    await app.boot();
    const outcomes = [new Error('no disk'), new Error('still none'), undefined];
    const late = provider([], 'late', {
      boot: async () => {
        const outcome = outcomes.shift();
        if (outcome !== undefined) throw outcome;
      },
    });
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      app.register(late);
      await new Promise(setImmediate);
      expect(warned).toHaveBeenCalledTimes(1);
      const [warning] = warned.mock.calls[0] ?? [];
      expect(warning).toMatch(/^ProviderError: .* failed to boot: Error: no disk$/);
      await expect(app.boot()).rejects.toThrow('still none');
      await app.boot();
      await new Promise(setImmediate);
      expect(outcomes).toEqual([]);
      const awaited = provider([], 'awaited', {
        boot: () => Promise.reject(new Error('nor here')),
      });
      app.register(awaited);
      await expect(app.boot()).rejects.toThrow('nor here');
      await new Promise(setImmediate);
      expect(warned).toHaveBeenCalledTimes(1);
    } finally {
      warned.mockRestore();
    }
  });

  it('shuts every provider down although some fail, and reports all failures', async () => {
    const log: string[] = [];
    const fail = (name: string) => (): Promise<void> => Promise.reject(new Error(name));
    const app = new Application({
      providers: [
        provider(log, 'a', { shutdown: fail('first') }),
        provider(log, 'b'),
        provider(log, 'c', {
          shutdown: () => {
            throw new Error('last');
          },
        }),
      ],
    });
    await app.boot();
    const error: unknown = await app.shutdown().catch((reason: unknown) => reason);
    expect((error as AggregateError).errors.map(({ message }: Error) => message)).toEqual([
      'last',
      'first',
    ]);
    expect(log.slice(-3)).toEqual(['c shuts down', 'b shuts down', 'a shuts down']);
  });

  it('shuts down once, however often it is asked to', async () => {
    const log: string[] = [];
    const app = new Application({ providers: [provider(log, 'a')] });
    await app.boot();
    await Promise.all([app.shutdown(), app.shutdown(), app[Symbol.asyncDispose]()]);
    expect(log.filter((line) => line === 'a shuts down')).toHaveLength(1);
  });

  it('lets a boot that is under way finish before it shuts down', async () => {
    const log: string[] = [];
    const gate = new Gate();
    const app = new Application({ providers: [provider(log, 'a', { boot: () => gate.opened })] });
    const booting = app.boot();
    const shutdown = app.shutdown();
    await settled();
    expect(log).not.toContain('a shuts down');
    gate.open();
    await Promise.all([booting, shutdown]);
    expect([log.at(-1), app.state]).toEqual(['a shuts down', 'terminated']);
  });

  it('is over after the shutdown', async () => {
    const app = new Application();
    await app.shutdown();
    expect(() => app.register(provider([], 'a'))).toThrow(ProviderError);
    await expect(boot(app)).rejects.toThrow(/has been shut down/);
  });

  it('is shut down when it is disposed of', async () => {
    const log: string[] = [];
    {
      await using app = new Application({ providers: [provider(log, 'a')] });
      await app.boot();
    }
    expect(log.at(-1)).toBe('a shuts down');
  });
});

interface Service {
  readonly name: string;
}
const First = Symbol('First') as ServiceIdentifier<Service>;
const Second = Symbol('Second') as ServiceIdentifier<Service>;

function deferred(
  log: string[],
  bound: readonly ServiceIdentifier<Service>[],
): ServiceProviderClass {
  return class Lazy extends ServiceProvider {
    static override readonly deferred = true;
    override provides(): readonly ServiceIdentifier[] {
      return [First, Second];
    }
    override register(): void {
      log.push('registers');
      for (const token of bound) this.app.singleton(token, () => ({ name: String(token) }));
    }
    override boot(): void {
      log.push('boots');
    }
  };
}

describe('a deferred provider', () => {
  it('is registered and booted when one of its services is first asked for, and only then', async () => {
    const log: string[] = [];
    const app = new Application({ providers: [deferred(log, [First, Second])] });
    await app.boot();
    expect([log, app.bound(First)]).toEqual([[], true]);
    expect(app.get(Second).name).toBe('Symbol(Second)');
    expect(app.get(First)).toBe(app.get(First));
    expect(log).toEqual(['registers', 'boots']);
  });

  it('is extended as any other', async () => {
    const app = new Application({ providers: [deferred([], [First, Second])] });
    app.extend(First, ({ name }) => ({ name: `<${name}>` }));
    await app.boot();
    expect(app.get(First).name).toBe('<Symbol(First)>');
  });

  it('that does not bind what it provides is found out at the first question', async () => {
    const app = new Application({ providers: [deferred([], [First])] });
    await app.boot();
    expect(() => app.get(Second)).toThrow(/Lazy says that it provides Symbol\(Second\)/);
    expect(() => app.get(Second)).toThrow(ProviderError);
    expect(app.get(First).name).toBe('Symbol(First)');
  });

  it('must provide something', () => {
    class Empty extends ServiceProvider {
      static override readonly deferred = true;
    }
    expect(() => new Application({ providers: [Empty] })).toThrow(/provides\(\) names no service/);
  });
});
