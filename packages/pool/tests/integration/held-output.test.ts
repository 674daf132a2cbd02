import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const FIXTURE = join(__dirname, '../fixtures/held-output.cjs');
const MIB = 1024 * 1024;
const WRITERS = 4;

interface Report {
  /** The keys in the order of their calls, each once as long as it follows itself. */
  readonly keys: readonly number[];
  readonly digests: readonly (readonly [string, string])[];
  readonly bytes: number;
  /** Calls that did not end with a line. */
  readonly torn: number;
  readonly heldGrown: number;
  readonly rssGrown: number;
  readonly leftOpen: number;
  readonly pid: number;
}

/**
 * In a heap that has no room for a third of 200 MB, be it for what is young: by default that may take 48 MiB beside the 64
 * on Node 20 and 22, but 192 on Node 24.
 */
async function run(order: string, lines: number): Promise<Report> {
  const flags = ['--conditions=@proc/source', '--expose-gc', '--max-old-space-size=64'];
  const young = '--max-semi-space-size=16';
  const argv = [...flags, young, FIXTURE, order, String(WRITERS), String(lines)];
  return JSON.parse((await promisify(execFile)(process.execPath, argv)).stdout) as Report;
}

function digest(lines: number, line: (n: number) => string): string {
  const hash = createHash('sha256');
  for (let n = 0; n < lines; n++) hash.update(line(n));
  return hash.digest('hex');
}

describe('output that waits for its turn', () => {
  test.each([
    ['ordered', 500_000, 195_771_112, 24],
    // Most of it has been given by the time that is looked at: that it waits on disk is shown by the one above alone.
    ['grouped', 150_000, 0, 32],
  ])(
    'waits on disk beyond a bound, and comes as a whole (%s)',
    async (order, lines, bytes, mostHeld) => {
      const report = await run(order, lines);
      expect(report.bytes).toBeGreaterThanOrEqual(bytes);
      const out = digest(lines, (n) => `${n} ${'x'.repeat(90)}\n`);
      const err = digest(lines, (n) => (n % 100 === 0 ? `${n} err\n` : ''));
      expect(report.digests).toEqual(Array.from({ length: WRITERS }, () => [out, err]));
      // One entry after the other, each in one go.
      const keys = order === 'ordered' ? report.keys : [...report.keys].sort();
      expect(keys).toEqual([1, 2, 3, 4]);
      expect(report.torn).toBe(0);
      expect(report.heldGrown).toBeLessThan(mostHeld * MIB);
      expect(report.rssGrown).toBeLessThan(160 * MIB);
      // Fewer than before where the watchdog of the first run has gone.
      expect(report.leftOpen).toBeLessThanOrEqual(0);
      const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`proc-${report.pid}-`));
      expect(left).toEqual([]);
    },
    300_000,
  );
});
