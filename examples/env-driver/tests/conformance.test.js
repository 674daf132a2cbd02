import { describe, it } from 'node:test';
import { describeConformance } from '@proc/testing/conformance';
import { EnvDriver } from '../src/env-driver.js';

describeConformance({
  driver: () => new EnvDriver(),
  expectedCapabilities: {
    kernelPipes: true,
    processGroup: true,
    detached: true,
    ipc: false,
    mergeStderr: true,
    remote: false,
  },
  describe,
  it,
});
