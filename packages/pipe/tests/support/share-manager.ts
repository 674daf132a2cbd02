import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { ProcessManager, type Application } from '@proc/core';
import { createApplication } from './application.js';
import { leftovers } from './leftovers.js';

/** The drivers that start programs on this machine. */
export const LOCAL_DRIVERS = ['node', 'execa'] as const;

/** Gives the tests of a `describe` one manager. Each of them must leave no process, file or descriptor behind. */
export function shareManager(
  driver: (typeof LOCAL_DRIVERS)[number],
  take: (processes: ProcessManager) => void,
): void {
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
