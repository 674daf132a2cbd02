import 'reflect-metadata';
import { describe, it } from '@jest/globals';
import { ExecaDriver } from '@proc/core';
import { describeConformance } from '@proc/testing/conformance';
import { LOCAL_CAPABILITIES } from '../support/local-capabilities.js';

describeConformance({
  driver: () => new ExecaDriver(),
  expectedCapabilities: LOCAL_CAPABILITIES,
  describe,
  it,
});
