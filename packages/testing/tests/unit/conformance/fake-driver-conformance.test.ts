import 'reflect-metadata';
import { describe, it } from '@jest/globals';
import { FakeDriver } from '@proc/testing';
import { describeConformance } from '@proc/testing/conformance';
import { imitatePrograms } from '../../support/imitated-programs.js';

describeConformance({
  driver: () => new FakeDriver({ fakes: imitatePrograms }),
  expectedCapabilities: {
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
  },
  describe,
  it,
});
