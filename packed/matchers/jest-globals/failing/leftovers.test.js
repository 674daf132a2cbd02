const { test } = require('@jest/globals');
const { createProcess } = require('@proc/process');
const { configureTesting } = require('@proc/testing/jest-globals');
const { leavesProcesses } = require('../../every-matcher.cjs');

configureTesting({ failOnLeftovers: true });

test('leaves processes', () => leavesProcesses(createProcess));
