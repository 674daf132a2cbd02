import { didYouMean } from '../command/nearest.js';
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
      `Register it with manager.extend('${driver}', factory).${didYouMean(driver, known)}`;
    super(
      `There is no process driver named "${driver}" (asked for by ${origin}). ` +
        `Registered: ${known.join(', ')}. ${advice}`,
    );
  }
}
