/* eslint-disable no-control-regex -- what a terminal is sent */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const FIXTURE = join(__dirname, '../fixtures/pool-with-bar.cjs');
const PTY = 'import pty, os, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
const hasPty =
  spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status === 0;
if (!hasPty)
  console.warn(
    'Skipped: there is no python3 (3.9 or newer) with the module pty to make a terminal.',
  );

function inTerminal(...args: string[]) {
  const program = [process.execPath, '--conditions=@proc/source', FIXTURE, ...args];
  return spawnSync('python3', ['-c', PTY, ...program], {
    encoding: 'utf8',
    input: '',
    timeout: 60_000,
  });
}

/** What stands on the screen: each line as it was last drawn. */
function screen(output: string): string[] {
  return output.split('\r\n').map((line) => {
    const drawings = line
      .split(/\u001B\[1G|\r/)
      .map((part) => part.replaceAll(/\u001B\[\d*K/g, ''));
    return drawings.at(-1) ?? '';
  });
}

(hasPty ? describe : describe.skip)('a progress bar in a real terminal', () => {
  test('stands below what is printed, and its line is ended with the pool', () => {
    const { stdout, status } = inTerminal();
    expect(status).toBe(0);
    const lines = screen(stdout);
    expect(lines.filter((line) => line.startsWith('said')).sort()).toEqual(
      Array.from({ length: 6 }, (_, index) => `said ${index}`),
    );
    expect(lines.at(-2)).toMatch(/^work: .*6\/6 done, 0 failed$/);
    expect(lines.at(-1)).toBe('');
  }, 90_000);

  test('ends its line when the process exits in the middle', () => {
    const { stdout, status } = inTerminal('exit');
    expect(status).toBe(5);
    const lines = screen(stdout);
    expect(lines.at(-2)).toMatch(/^work: .*\d\/6 done/);
    expect(lines.at(-1)).toBe('');
  }, 90_000);
});
