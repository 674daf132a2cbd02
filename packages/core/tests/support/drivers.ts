import { afterEach, describe, expect, jest } from '@jest/globals';
import {
  Application,
  EventDispatcher,
  ProcessManager,
  ProcessServiceProvider,
  type ProcessConfig,
} from '@proc/core';
import { RecordingDispatcher } from './recording-dispatcher.js';

/** No test takes this long: it only keeps one that hangs from hanging for ever. */
const HANG_GUARD = 60_000;

/**
 * The drivers that tests run on: core's own, or the one that `PROC_TEST_DRIVER` names, where the package of a driver
 * runs these tests on it.
 */
export const testedDrivers: readonly string[] =
  process.env['PROC_TEST_DRIVER'] === undefined
    ? ['node', 'execa']
    : [process.env['PROC_TEST_DRIVER']];

/** Makes managers, and sees to it that each leaves nothing running. */
export interface Bench {
  /** A manager on the driver under test. */
  manager(config?: ProcessConfig): ProcessManager;
  /** A manager whose events are recorded. */
  recorded(config?: ProcessConfig): {
    readonly manager: ProcessManager;
    readonly events: RecordingDispatcher;
  };
}

/** Runs a group of tests once for each driver. */
export function onEveryDriver(name: string, tests: (bench: Bench) => void): void {
  jest.setTimeout(HANG_GUARD);
  describe.each(testedDrivers)(`${name} (driver %s)`, (driver) => {
    const applications: Application[] = [];

    const make = (config: ProcessConfig): Application => {
      const app = new Application({
        providers: [ProcessServiceProvider],
        config: { process: { default: driver, ...config } },
      });
      applications.push(app);
      return app;
    };

    afterEach(async () => {
      for (const app of applications.splice(0)) {
        await app.boot();
        const manager = app.get(ProcessManager);
        await app.shutdown();
        expect(manager.activeProcesses).toHaveLength(0);
      }
    });

    tests({
      manager: (config = {}) => make(config).get(ProcessManager),
      recorded: (config = {}) => {
        const events = new RecordingDispatcher();
        const app = make(config).instance<EventDispatcher>(EventDispatcher, events);
        return { manager: app.get(ProcessManager), events };
      },
    });
  });
}
