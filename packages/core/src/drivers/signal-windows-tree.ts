import { spawnSync } from 'node:child_process';
import { ownOnly } from '../kernel/own-only.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { windowsSystemProgram } from '../launch/windows-system-program.js';

/** The signals by which Node ends a process on Windows; it knows no others there. */
const ENDING: ReadonlySet<NodeJS.Signals> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT']);

/** Runs a program to its end and gives its exit code. */
export type RunProgram = (file: string, args: readonly string[]) => number | null;

/**
 * Ends a process of Windows and its descendants. There are neither groups nor signals: a signal that means the end is
 * one by `taskkill /F`, any other one arrives nowhere.
 *
 * @returns whether there was a process to end
 */
export function signalWindowsTree(
  pid: number,
  signal: NodeJS.Signals,
  run: RunProgram = runSync,
): boolean {
  if (!ENDING.has(signal)) return false;
  return run(windowsSystemProgram('taskkill.exe'), ['/pid', String(pid), '/T', '/F']) === 0;
}

function runSync(file: string, args: readonly string[]): number | null {
  const options = ownOnly({ windowsHide: true, stdio: 'ignore' as const });
  return unpolluted(() => spawnSync(file, args, options)).status;
}
