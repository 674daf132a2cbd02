const posix = process.platform !== 'win32';

/** What every driver that starts programs on this machine has to say that it can do. */
export const LOCAL_CAPABILITIES = {
  kernelPipes: posix,
  processGroup: posix,
  detached: true,
  uidGid: posix,
  nice: posix,
  limits: posix,
  ipc: true,
  mergeStderr: posix,
  remote: false,
} as const;
