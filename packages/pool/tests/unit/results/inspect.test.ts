import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { ending } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';

test('printed results show the numbers, and how the first entries ended', async () => {
  const all = Array.from({ length: 30 }, (_, index) =>
    ending({ exitCode: index % 2, stdout: 'long' }),
  );
  const text = inspect(await processManager().pool(all).start(), { depth: 4 });
  expect(text).toContain('total: 30');
  expect(text).toContain('failureCount: 15');
  expect(text).toContain("1 => { command: 'made by hand', exitCode: 1");
  expect(text).not.toContain('20 => ');
  expect(text).not.toContain('long');
});
