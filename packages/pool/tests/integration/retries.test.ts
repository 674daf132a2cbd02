import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readJournal } from '@proc/pool';
import { processManager } from '../support/process-manager.js';

describe('a real pool with retries', () => {
  test('counts all attempts, and writes one end for each entry down', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pool-retries-'));
    const count = join(folder, 'count');
    const journal = join(folder, 'journal.ndjson');
    const processes = processManager();
    const script = `const fs = require('node:fs'); fs.appendFileSync(${JSON.stringify(count)}, '.');
      process.exit(fs.readFileSync(${JSON.stringify(count)}).length < 4 ? 1 : 0)`;
    const flaky = processes.command([process.execPath, '-e', script]).retry(1);
    const results = await processes.pool({ flaky }, { retry: 2, journal }).start();
    // Two of its own for each launch.
    expect(results.get('flaky')).toMatchObject({ exitCode: 0, attempts: 4 });
    expect(readFileSync(count, 'utf8')).toBe('....');
    const records = readJournal(journal).map(({ type }) => type);
    expect(records.filter((type) => type === 'ended')).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });
});
