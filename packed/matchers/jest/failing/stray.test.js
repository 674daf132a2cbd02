const { Process } = require('@proc/process');
require('@proc/testing/jest');
const { swallowsStray } = require('../../every-matcher.cjs');

test('swallows a stray', () => swallowsStray(Process));
