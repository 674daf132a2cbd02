import { readdirSync, readFileSync } from 'node:fs';
import { unpolluted } from '../kernel/unpolluted.js';
import { signalWindowsTree } from './signal-windows-tree.js';

/**
 * Sends a signal to a process and its descendants: on POSIX to the group it leads, on Windows (which has neither
 * groups nor signals) signals that mean the end are the tree's.
 *
 * @param alone - only the process itself: it leads no group
 * @returns whether there was a process to receive it
 */
export function signalGroup(pid: number, signal: NodeJS.Signals, alone: boolean): boolean {
  if (process.platform === 'win32') return signalWindowsTree(pid, signal);
  return send(alone ? pid : -pid, signal);
}

/** Whether a group has members other than zombies. */
export function groupAlive(pid: number): boolean {
  if (process.platform === 'win32') return false;
  if (!send(-pid, 0)) return false;
  return process.platform === 'linux' ? unpolluted(() => hasLivingMember(pid)) : true;
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  // 0 is our own group, -1 is everybody; a driver that makes pids up may make up these.
  if (!Number.isInteger(target) || (target >= -1 && target <= 1)) return false;
  try {
    process.kill(target, signal);
    return true;
  } catch (error) {
    // EPERM: it exists but belongs to somebody else. ESRCH: it is gone.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A zombie still counts for `kill(2)`; where nobody reaps orphans (a container's init), it does so for ever. */
function hasLivingMember(group: number): boolean {
  const entries = processEntries();
  if (entries === undefined) return true;
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
      // The name in parentheses may contain anything; state, parent and group follow the last one.
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 3);
      if (Number(pgrp) === group && state !== 'Z' && state !== 'X') return true;
    } catch {
      // It ended while we looked.
    }
  }
  return false;
}

/** Without `/proc` (it may be hidden in a container) the kernel's answer has to do. */
function processEntries(): readonly string[] | undefined {
  try {
    return readdirSync('/proc');
  } catch {
    return undefined;
  }
}
