import { ProcessManager, ServiceProvider } from '@proc/core';
import type { FakeProcesses } from './fake-processes.js';
import { installFakes } from './install-fakes.js';

/**
 * Gives the application's manager `fake()`, the assertions and the driver `fake`. Nothing is faked until `fake()` is
 * called or the driver is chosen, in the configuration or by `PROC_DRIVER=fake`.
 */
export class TestingServiceProvider extends ServiceProvider {
  #fakes: FakeProcesses | undefined;

  override boot(): void {
    this.#fakes = installFakes(this.app.get(ProcessManager));
  }

  override shutdown(): void {
    this.#fakes?.restore();
  }
}
