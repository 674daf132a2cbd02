import { ProcessManager, ServiceProvider } from '@proc/core';
import { PosixDriver } from './posix-driver.js';

/**
 * Adds the driver `posix`, and makes it the default where it works: the configuration, `PROC_DRIVER` and `driver()` go
 * before it. Where it does not, the default stays as it is, and asking for it is a `DriverUnavailableError`.
 */
export class PosixDriverServiceProvider extends ServiceProvider {
  override register(): void {
    // Nothing is bound: the manager knows its drivers.
  }

  override boot(): void {
    this.app
      .get(ProcessManager)
      .extend('posix', () => new PosixDriver(), { preferred: () => PosixDriver.isSupported() });
  }
}
