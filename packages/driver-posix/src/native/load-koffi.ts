import { createRequire } from 'node:module';
import { DriverUnavailableError } from '@proc/core';
import type * as KoffiModule from 'koffi';

/** The library through which C functions are called. */
export type Koffi = typeof KoffiModule;

/**
 * Loads koffi with its binary for this system.
 *
 * @throws {@link DriverUnavailableError} when it is not installed, or has no binary that works here
 */
export function loadKoffi(load: (name: string) => unknown = createRequire(__filename)): Koffi {
  try {
    return load('koffi') as Koffi;
  } catch (cause) {
    throw new DriverUnavailableError(
      'posix',
      'the "koffi" package, by which it calls posix_spawn, could not be loaded. Where there is a binary of it for this ' +
        'system, install it: npm install koffi@^3.3.4. Everywhere else use the driver "execa" or "node": set ' +
        "PROC_DRIVER=node, configure { default: 'node' }, or call .driver('node').",
      { cause },
    );
  }
}
