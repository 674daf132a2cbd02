import { nearest } from '../command/nearest.js';
import { ProcError } from './proc-error.js';

const OPTIONAL_DRIVERS: Readonly<Record<string, string>> = {
  fake: 'Install @proc/testing and register its TestingServiceProvider.',
  posix: 'Install @proc/driver-posix and register its PosixDriverServiceProvider.',
};

/** No driver of that name is registered. */
export class DriverNotFoundError extends ProcError {
  readonly code = 'ERR_PROC_DRIVER_NOT_FOUND';

  constructor(
    readonly driver: string,
    known: readonly string[],
    origin: string,
  ) {
    const advice =
      OPTIONAL_DRIVERS[driver] ??
      `Register it with manager.extend('${driver}', factory).${whatWasMeant(driver, known)}`;
    super(
      `There is no process driver named "${driver}" (asked for by ${origin}). ` +
        `Registered: ${known.join(', ')}. ${advice}`,
    );
  }
}

/** The nearest name, also of one that is not registered; or what the name begins with, as "nodejs" with "node". */
function whatWasMeant(driver: string, known: readonly string[]): string {
  const names = [...known, ...Object.keys(OPTIONAL_DRIVERS)];
  const meant = nearest(driver, names) ?? names.find((name) => driver.startsWith(name));
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}
