import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { ProcessManager, type Application } from '@proc/core';
import { createApplication } from './application.js';
import { leftovers } from './leftovers.js';

const { PROC_TEST_DRIVER: other } = process.env;

/** The drivers that start programs on this machine: core's, or the one whose package runs these tests on it. */
export const LOCAL_DRIVERS: readonly string[] = other === undefined ? ['node', 'execa'] : [other];

/** Gives the tests of a `describe` one manager. Each of them must leave no process, file or descriptor behind. */
export function shareManager(driver: string, take: (processes: ProcessManager) => void): void {
  let app: Application;

  beforeAll(async () => {
    app = await createApplication({ default: driver });
    take(app.get(ProcessManager));
  });

  afterEach(() => {
    expect(app.get(ProcessManager).activeProcesses).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  afterAll(async () => {
    await app.shutdown();
  });
}
