import type { DriverCapabilities } from '@proc/core';

/** A fake pretends to everything but handing on descriptors: there is no process to have them. */
export const fakeCapabilities: DriverCapabilities = Object.freeze({
  tty: true,
  kernelPipes: false,
  processGroup: true,
  detached: true,
  uidGid: true,
  nice: true,
  limits: true,
  ipc: true,
  mergeStderr: true,
  remote: false,
});
