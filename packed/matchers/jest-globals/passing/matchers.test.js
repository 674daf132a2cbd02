const { describe, expect, test } = require('@jest/globals');
const { Process } = require('@proc/process');
require('@proc/testing/jest-globals');
const { everyMatcher, expectRestored, isolatedPart } = require('../../every-matcher.cjs');

test('every matcher', () => everyMatcher(expect, Process));

test('fakes are taken back after each test', () => expectRestored(Process));

describe('at the same time', () => {
  test.concurrent.each(['a', 'b', 'c'])('%s', (name) => isolatedPart(Process, name));
});
