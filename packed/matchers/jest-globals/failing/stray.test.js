const { test } = require('@jest/globals');
const { Process } = require('@proc/process');
require('@proc/testing/jest-globals');
const { swallowsStray } = require('../../every-matcher.cjs');

test('swallows a stray', () => swallowsStray(Process));
