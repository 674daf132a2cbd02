import 'reflect-metadata';
import { describe, it } from '@jest/globals';
import { NodeDriver, type ProcessDriver } from '@proc/core';
import { describeConformance } from '@proc/testing/conformance';
import { CassetteDriver } from '../../../src/cassettes/cassette-driver.js';
import { RecordingHandle } from '../../../src/cassettes/recording/recording-handle.js';

/** A real driver while everything is recorded: a program must not notice, nor whoever runs it. */
function recordingDriver(): ProcessDriver {
  return new CassetteDriver(
    new NodeDriver(),
    async (launch, really) => new RecordingHandle(await really(launch), launch),
    'something',
  );
}

describeConformance({
  driver: recordingDriver,
  expectedCapabilities: {
    tty: false,
    kernelPipes: false,
    processGroup: process.platform !== 'win32',
    detached: false,
    ipc: false,
    mergeStderr: true,
    remote: false,
  },
  describe,
  it,
});
