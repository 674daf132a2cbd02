import 'reflect-metadata';
import { describe, it } from '@jest/globals';
import { describeConformance } from '@proc/testing/conformance';
import { PosixDriver } from '../../src/posix-driver.js';
import { leftOut } from '../support/left-out.js';

if (PosixDriver.isSupported()) {
  describeConformance({
    driver: () => new PosixDriver(),
    expectedCapabilities: {
      kernelPipes: true,
      processGroup: true,
      detached: true,
      uidGid: true,
      nice: true,
      limits: true,
      ipc: true,
      mergeStderr: true,
      remote: false,
    },
    describe,
    it,
  });
} else {
  leftOut('the driver does not work on this system');
  it.skip('the conformance suite', () => undefined);
}
