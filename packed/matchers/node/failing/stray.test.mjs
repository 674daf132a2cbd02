import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Process } from '@proc/process';
import '@proc/testing/node';

const { swallowsStray } = createRequire(import.meta.url)('../../every-matcher.cjs');

test('swallows a stray', () => swallowsStray(Process));
