import { isatty } from 'node:tty';
import type { DriverCapabilities } from '../contracts/process-driver.js';

/** What `child_process`, and so every driver on top of it, can do on a platform. */
export function localCapabilitiesOf(platform: NodeJS.Platform): DriverCapabilities {
  const posix = platform !== 'win32';
  return Object.freeze({
    get tty() {
      return isatty(0) && isatty(1);
    },
    kernelPipes: posix,
    processGroup: posix,
    detached: true,
    uidGid: posix,
    nice: posix,
    limits: posix,
    ipc: true,
    mergeStderr: posix,
    remote: false,
  });
}

/** What they can do here. */
export const localCapabilities = localCapabilitiesOf(process.platform);
