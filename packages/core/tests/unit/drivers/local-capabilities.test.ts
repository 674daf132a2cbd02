import { describe, expect, it } from '@jest/globals';
import type { ProcessDriver } from '../../../src/contracts/process-driver.js';
import { localCapabilitiesOf } from '../../../src/drivers/local-capabilities.js';
import { UnsupportedCapabilityError } from '../../../src/errors/unsupported-capability-error.js';
import type { PendingProcess } from '../../../src/process/pending-process.js';
import { makeManager } from '../../support/manager.js';

/** A driver that can do what those of core can on a platform, and starts nothing. */
class StubDriver implements ProcessDriver {
  readonly name = 'stub';
  readonly capabilities;
  starts = 0;

  constructor(platform: NodeJS.Platform) {
    this.capabilities = localCapabilitiesOf(platform);
  }

  start(): Promise<never> {
    this.starts++;
    return Promise.reject(new Error('it was started'));
  }
}

const CASES: readonly [string, (pending: PendingProcess) => PendingProcess][] = [
  ['nice', (pending) => pending.nice(1)],
  ['limits', (pending) => pending.limits({ files: 10 })],
  ['limits', (pending) => pending.limits({ cpu: '1s' })],
  ['mergeStderr', (pending) => pending.mergeStderr()],
  ['uidGid', (pending) => pending.user(1)],
];

async function rejection(platform: NodeJS.Platform, ask: (pending: PendingProcess) => unknown) {
  const driver = new StubDriver(platform);
  const manager = makeManager({ default: 'stub' }).extend('stub', () => driver);
  const pending = manager.command(['program']);
  ask(pending);
  const error = await pending.run().catch((reason: unknown) => reason);
  return { error, starts: driver.starts };
}

describe.each(CASES)('asking for %s', (capability, ask) => {
  it('is refused on Windows before anything is started', async () => {
    const { error, starts } = await rejection('win32', ask);
    expect(UnsupportedCapabilityError.is(error) && error.capability).toBe(capability);
    expect(starts).toBe(0);
  });

  it.each(['linux', 'darwin'] as const)('is passed on to the driver on %s', async (platform) => {
    expect((await rejection(platform, ask)).starts).toBe(1);
  });
});
