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

test('printed results that were not collected show which entries failed', async () => {
  const all = [ending({ exitCode: 1 }), ending()];
  const text = inspect(await processManager().pool(all, { collect: false }).start());
  expect(text).toContain('total: 2');
  expect(text).toContain('failedKeys: [ 0 ]');
  expect(text).not.toContain('entries');
});
