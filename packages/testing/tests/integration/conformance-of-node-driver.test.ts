import 'reflect-metadata';
import { describe, it } from '@jest/globals';
import { NodeDriver } from '@proc/core';
import { describeConformance } from '@proc/testing/conformance';
import { LOCAL_CAPABILITIES } from '../support/local-capabilities.js';

describeConformance({
  driver: () => new NodeDriver(),
  expectedCapabilities: LOCAL_CAPABILITIES,
  describe,
  it,
});
