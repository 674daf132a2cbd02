import type {
  Clock,
  DriverCapabilities,
  LaunchSpec,
  ProcessDriver,
  ProcessHandle,
} from '@proc/core';
import type { FakeRegistry } from '../fakes/fake-registry.js';
import type { Recorder } from '../recording/recorder.js';
import type { StrayRule } from '../strays/stray-guard.js';
import { startFake } from './start-fake.js';

/** What an {@link InterceptingDriver} goes by; looked at anew at each start. */
export interface Interception {
  readonly registry: FakeRegistry;
  readonly recorder: Recorder;
  readonly strays: StrayRule;
  /** What fakes go by. */
  readonly clock: () => Clock;
  readonly recordsStrays: boolean;
}

/**
 * A real driver with fakes in front of it: what a fake is registered for is faked, the rest really runs.
 *
 * Has the real driver's name and capabilities, so that a run which would be refused in production is refused here;
 * except that processes can't be joined by descriptors, which fakes don't have.
 */
export class InterceptingDriver implements ProcessDriver {
  readonly name: string;
  readonly capabilities: DriverCapabilities;
  readonly #real: ProcessDriver;
  readonly #interception: Interception;

  constructor(real: ProcessDriver, interception: Interception) {
    this.name = real.name;
    this.capabilities = { ...real.capabilities, kernelPipes: false };
    this.#real = real;
    this.#interception = interception;
  }

  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    const { clock, registry, recorder, strays, recordsStrays } = this.#interception;
    const handler = registry.find(launch.spec);
    if (handler !== undefined) {
      return startFake(handler, launch, {
        clock: clock(),
        onStart: (_, process) => recorder.recordFake(launch, process),
      });
    }
    const refusal = strays(launch.spec, registry.patterns);
    if (refusal !== undefined) throw refusal;
    const handle = await this.#real.start(launch);
    return recordsStrays ? recorder.recordStray(launch, handle) : handle;
  }
}
