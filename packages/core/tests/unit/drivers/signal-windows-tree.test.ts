import { describe, expect, it } from '@jest/globals';
import { signalWindowsTree } from '../../../src/drivers/signal-windows-tree.js';

describe('a signal on Windows', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'] as const)('ends the tree by %s', (signal) => {
    const calls: unknown[] = [];
    const run = (...call: unknown[]): number => calls.push(call) - 1;
    expect(signalWindowsTree(42, signal, run)).toBe(true);
    expect(calls).toEqual([['C:\\Windows\\System32\\taskkill.exe', ['/pid', '42', '/T', '/F']]]);
  });

  it.each(['SIGHUP', 'SIGUSR1', 'SIGCONT', 'SIGSTOP'] as const)(
    'is none where it is %s',
    (signal) => {
      expect(signalWindowsTree(42, signal, () => 0)).toBe(false);
    },
  );

  it('reached nobody where there was no such process', () => {
    expect(signalWindowsTree(42, 'SIGTERM', () => 128)).toBe(false);
    expect(signalWindowsTree(42, 'SIGTERM', () => null)).toBe(false);
  });
});
