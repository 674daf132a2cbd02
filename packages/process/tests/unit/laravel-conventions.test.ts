import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as core from '@proc/core';
import {
  Application,
  ProcessManager,
  ServiceProvider,
  type ServiceProviderClass,
} from '@proc/core';
import * as events from '@proc/events';
import * as pipe from '@proc/pipe';
import * as pool from '@proc/pool';
import { inject, injectable } from 'inversify';
import { Process, defaultProviders } from '../../src/index.js';

/** Not by an import: this package must not refer to the one that is for tests alone. */
const TESTING = '@proc/testing';
const testing = jest.requireActual<{ readonly TestingServiceProvider: ServiceProviderClass }>(
  TESTING,
);

/** What `@proc/testing` adds to managers, as far as it is used here. */
interface Fakes {
  fake(outputs: Readonly<Record<string, string>>): unknown;
  assertRan(command: string): unknown;
  restore(): unknown;
  isRecording(): boolean;
}

@injectable()
class Encoder {
  constructor(@inject(ProcessManager) readonly processes: ProcessManager) {}
}

describe('packages, as Laravel has them', () => {
  it.each<[string, object]>([
    ['core', core],
    ['events', events],
    ['pool', pool],
    ['pipe', pipe],
    ['testing', testing],
  ])('have one provider: %s', (_, exported) => {
    const providers = Object.values(exported).filter(
      (value: unknown) => typeof value === 'function' && value.prototype instanceof ServiceProvider,
    );
    expect(providers).toHaveLength(1);
  });

  const providers = [testing.TestingServiceProvider, ...defaultProviders];
  const orders = providers.map((_, first) => [
    ...providers.slice(first),
    ...providers.slice(0, first),
  ]);

  it.each(orders)(
    'bring providers that may be registered in any order, first %p',
    async (...all) => {
      const app = new Application({ providers: all });
      await app.boot();
      const processes = app.get(ProcessManager);
      expect(['pool', 'pipe', 'fake'].filter((name) => !processes.hasMacro(name))).toEqual([]);
      expect(app.get('process.events')).toBe(app.get(core.EventDispatcher));
      expect(app.get(core.EventDispatcher)).toBeInstanceOf(events.EmitteryDispatcher);
      await app.shutdown();
    },
  );
});

describe('the facade, as Laravel has it', () => {
  afterEach(() => {
    Process.useApplication(null);
  });

  it('has every member of the manager, those of plug-ins included', () => {
    const manager = Process.application.get(ProcessManager);
    const names = new Set<string>(['pool', 'pipe', 'concurrently']);
    for (
      let part: object = manager;
      part !== Object.prototype;
      part = Object.getPrototypeOf(part) as object
    ) {
      for (const name of Object.getOwnPropertyNames(part)) names.add(name);
    }
    const reached = Process as unknown as Record<string, unknown>;
    const missing = [...names].filter((name) => {
      const own = (manager as unknown as Record<string, unknown>)[name];
      return typeof reached[name] !== typeof own;
    });
    expect(missing).toEqual([]);
    expect(names).toContain('run');
  });

  it('is the manager that is injected: what one fakes, the other does not run', async () => {
    const { processes } = Process.application.get(Encoder);
    const facade = Process as unknown as Fakes;
    facade.fake({ 'ffprobe *': 'probed' });
    try {
      expect((await processes.run('ffprobe film')).stdout).toBe('probed\n');
      facade.assertRan('ffprobe film');
      (processes as unknown as Fakes).restore();
      expect(facade.isRecording()).toBe(false);
    } finally {
      facade.restore();
    }
  });
});
