import { createRequire } from 'node:module';
import { createProcess } from '@proc/process';
import { configureTesting } from '@proc/testing/vitest';
import { test } from 'vitest';

const { leavesProcesses } = createRequire(import.meta.url)('../../every-matcher.cjs');

configureTesting({ failOnLeftovers: true });

test('leaves processes', () => leavesProcesses(createProcess));
