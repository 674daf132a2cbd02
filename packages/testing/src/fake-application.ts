import type { FakeProcesses } from './fake-processes.js';
import type { FakeClosure, FakeHandlers } from './fakes/fake-handler.js';
import { installFakes } from './install-fakes.js';
import { managerOf, type Managed } from './managed-by.js';
import type { FakeOptions } from './process-fakes.js';

/**
 * Fakes the processes of an application, of a manager or of the facade: without handlers everything succeeds without
 * output.
 *
 * @example
 * ```ts
 * const processes = fakeProcesses(app, { 'git *': 'ok' }).preventStrayProcesses();
 * await deploy();
 * processes.assertRan('git push');
 * ```
 */
export function fakeProcesses(
  target: Managed,
  handlers?: FakeHandlers | FakeClosure,
  options?: FakeOptions,
): FakeProcesses {
  return installFakes(managerOf(target)).fake(handlers, options);
}
