import 'reflect-metadata';
import { describe, it } from '@jest/globals';
import { NodeDriver } from '@proc/core';
import { describeConformance } from '@proc/testing/conformance';

const posix = process.platform !== 'win32';

describeConformance({
  driver: () => new NodeDriver(),
  expectedCapabilities: {
    kernelPipes: posix,
    processGroup: posix,
    detached: true,
    uidGid: posix,
    nice: posix,
    limits: posix,
    ipc: true,
    mergeStderr: posix,
    remote: false,
  },
  describe,
  it,
});
