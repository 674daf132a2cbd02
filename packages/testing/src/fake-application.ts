import { ProcessManager, type Application } from '@proc/core';
import type { FakeProcesses } from './fake-processes.js';
import type { FakeClosure, FakeHandlers } from './fakes/fake-handler.js';
import { installFakes } from './install-fakes.js';
import type { FakeOptions } from './process-fakes.js';

/**
 * Fakes the processes of an application or of a manager: without handlers everything succeeds without output.
 *
 * @example
 * ```ts
 * const processes = fakeProcesses(app, { 'git *': 'ok' }).preventStrayProcesses();
 * await deploy();
 * processes.assertRan('git push');
 * ```
 */
export function fakeProcesses(
  target: Application | ProcessManager,
  handlers?: FakeHandlers | FakeClosure,
  options?: FakeOptions,
): FakeProcesses {
  const manager = 'decorateDrivers' in target ? target : target.get(ProcessManager);
  return installFakes(manager).fake(handlers, options);
}
