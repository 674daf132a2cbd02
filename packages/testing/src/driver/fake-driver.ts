import {
  InvalidArgumentError,
  type Clock,
  type LaunchSpec,
  type ProcessDriver,
  type ProcessHandle,
} from '@proc/core';
import { readObject, showValue } from '@proc/core/internal';
import type { FakeClosure, FakeHandlers } from '../fakes/fake-handler.js';
import { FakeRegistry } from '../fakes/fake-registry.js';
import { fakeCapabilities } from './fake-capabilities.js';
import { requireLaunch } from './require-start.js';
import { startFake, type FakeObserver, type FakeSurroundings } from './start-fake.js';

/** How a {@link FakeDriver} is made. */
export interface FakeDriverOptions {
  /** What stands for which commands; all others succeed without output. */
  readonly fakes?: FakeHandlers | FakeClosure | undefined;
  readonly onStart?: FakeObserver | undefined;
  /** What the time of its processes goes by; asked for at each start. Default: the system's clock. */
  readonly clock?: (() => Clock) | undefined;
}

/**
 * A driver that starts nothing: its processes are streams and timers that follow a script.
 *
 * @example
 * ```ts
 * manager.extend('fake', () => new FakeDriver({ fakes: { 'git status': 'clean' } }));
 * ```
 */
export class FakeDriver implements ProcessDriver {
  readonly name = 'fake';
  readonly capabilities = fakeCapabilities;
  readonly #registry = new FakeRegistry();
  readonly #surroundings: () => FakeSurroundings;

  /** @throws {@link InvalidArgumentError} for options that there are not, or that can not be */
  constructor(options: FakeDriverOptions = {}) {
    const { fakes, onStart, clock } = readObject(options, 'Options of a driver are given as', [
      'fakes',
      'onStart',
      'clock',
    ]);
    requireFunction(onStart, 'onStart');
    requireFunction(clock, 'clock');
    this.#registry.register();
    if (fakes !== undefined) this.#registry.register(fakes);
    this.#surroundings = () => ({ clock: clock?.(), onStart });
  }

  /** @throws {@link InvalidArgumentError} for what no driver is given to start */
  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    requireLaunch(launch);
    return startFake(this.#registry.find(launch.spec) ?? '', launch, this.#surroundings());
  }
}

function requireFunction(value: unknown, name: string): void {
  if (value === undefined || typeof value === 'function') return;
  throw new InvalidArgumentError(`${name} of a driver is a function; got ${showValue(value)}.`);
}
