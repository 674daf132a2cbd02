const { createProcess } = require('@proc/process');
const { configureTesting } = require('@proc/testing/jest');
const { leavesProcesses } = require('../../every-matcher.cjs');

configureTesting({ failOnLeftovers: true });

test('leaves processes', () => leavesProcesses(createProcess));
