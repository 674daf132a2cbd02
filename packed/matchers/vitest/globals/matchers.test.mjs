import { createRequire } from 'node:module';
import { Process } from '@proc/process';
import '@proc/testing/vitest';

const { everyMatcher, expectRestored, isolatedPart } = createRequire(import.meta.url)(
  '../../every-matcher.cjs',
);

test('every matcher', () => everyMatcher(expect, Process));

test('fakes are taken back after each test', () => expectRestored(Process));

describe('at the same time', () => {
  test.concurrent.each(['a', 'b', 'c'])('%s', (name) => isolatedPart(Process, name));
});
