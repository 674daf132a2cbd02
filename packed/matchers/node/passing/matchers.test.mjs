import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { Process } from '@proc/process';
import { expect } from '@proc/testing/node';

const require = createRequire(import.meta.url);
const { everyMatcher, expectRestored, isolatedPart } = require('../../every-matcher.cjs');

test('every matcher', () => everyMatcher(expect, Process));

test('fakes are taken back after each test', () => expectRestored(Process));

describe('in a suite', () => {
  test('fakes', () => void Process.fake());
  test('are taken back too', () => expectRestored(Process));
});

describe('at the same time', { concurrency: true }, () => {
  for (const name of ['a', 'b', 'c']) test(name, () => isolatedPart(Process, name));
});
