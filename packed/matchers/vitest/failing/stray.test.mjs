import { createRequire } from 'node:module';
import { Process } from '@proc/process';
import '@proc/testing/vitest';
import { test } from 'vitest';

const { swallowsStray } = createRequire(import.meta.url)('../../every-matcher.cjs');

test('swallows a stray', () => swallowsStray(Process));
