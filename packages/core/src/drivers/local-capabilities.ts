import { isatty } from 'node:tty';
import type { DriverCapabilities } from '../contracts/process-driver.js';

const posix = process.platform !== 'win32';

/** What `child_process`, and so every driver on top of it, can do on this platform. */
export const localCapabilities: DriverCapabilities = Object.freeze({
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
