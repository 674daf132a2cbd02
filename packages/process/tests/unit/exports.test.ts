import { expect, it } from '@jest/globals';
import * as core from '@proc/core';
import * as umbrella from '../../src/index.js';

it('brings everything of core', () => {
  const missing = Object.keys(core).filter((name) => !(name in umbrella));
  expect(missing).toEqual([]);
});
