import { createRequire } from 'node:module';
import { DriverUnavailableError } from '@proc/core';
import type * as KoffiModule from 'koffi';

/** The library through which C functions are called. */
export type Koffi = typeof KoffiModule;

/**
 * Loads the binary of koffi for this system, from the package that has nothing else: koffi's own has an install script,
 * which npm warns of, and which there is no need for.
 *
 * @throws {@link DriverUnavailableError} when it is not installed, or there is none that works here
 */
export function loadKoffi(
  load: (name: string) => unknown = createRequire(__filename),
  system = `${process.platform}-${process.arch}`,
): Koffi {
  const name = `@koromix/koffi-${system}`;
  try {
    return load(name) as Koffi;
  } catch (cause) {
    throw new DriverUnavailableError(
      'posix',
      `the package "${name}", by which it calls posix_spawn, could not be loaded. If there is one, install it: ` +
        `npm install ${name}@^3.3.4. Everywhere else use the driver "execa" or "node": set ` +
        "PROC_DRIVER=node, configure { default: 'node' }, or call .driver('node').",
      { cause },
    );
  }
}
