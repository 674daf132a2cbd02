import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createProcess } from '@proc/process';
import { configureTesting } from '@proc/testing/node';

const { leavesProcesses } = createRequire(import.meta.url)('../../every-matcher.cjs');

configureTesting({ failOnLeftovers: true });

test('leaves processes', () => leavesProcesses(createProcess));
