import { readdirSync, readFileSync } from 'node:fs';
import { realTime } from '../clock/real-time.js';
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
  return process.platform === 'linux' ? hasLivingMember(pid) : true;
}

/** Whether there is a process of this number, be it a zombie. */
export function processExists(pid: number): boolean {
  return send(pid, 0);
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  // 0 is our own group, -1 is everybody; a driver that makes pids up may make up these.
  if (!Number.isInteger(target) || (target >= -1 && target <= 1)) return false;
  const { stackTraceLimit } = Error;
  // That a group has gone is the usual answer to each run, and half of its price would be a stack.
  Error.stackTraceLimit = 0;
  try {
    process.kill(target, signal);
    return true;
  } catch (error) {
    // EPERM: it exists but belongs to somebody else. ESRCH: it is gone.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What a look at all processes has told in this turn of the event loop. */
let answer: ((group: number) => boolean) | undefined;
let questions = 0;

/**
 * A zombie still counts for `kill(2)`; where nobody reaps orphans (a container's init), it does so for ever.
 *
 * To look costs a file for each process of the system. Who asks for many groups in one turn gets all answers from the
 * second look, which is one at everything.
 */
function hasLivingMember(group: number): boolean {
  if (answer === undefined && questions++ === 0) {
    realTime.queueMicrotask(() => {
      questions = 0;
      answer = undefined;
    });
    return unpolluted(() => lookFor(group));
  }
  answer ??= unpolluted(lookAtAll);
  return answer(group);
}

/** The last processes come first: they are the likeliest to have begun with what is asked for. */
function lookFor(group: number): boolean {
  const entries = processEntries();
  return (
    entries === undefined || entries.findLast((entry) => groupOf(entry) === group) !== undefined
  );
}

function lookAtAll(): (group: number) => boolean {
  const entries = processEntries();
  if (entries === undefined) return () => true;
  const groups = new Set(entries.map(groupOf));
  return (group) => groups.has(group);
}

/** The group of an entry of `/proc`; `undefined` where it is no process, or a zombie. */
export function groupOf(entry: string): number | undefined {
  if (!/^\d+$/.test(entry)) return undefined;
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
    // The name in parentheses may contain anything; state, parent and group follow the last one.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 3);
    return state === 'Z' || state === 'X' ? undefined : Number(group);
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

/** Without `/proc` (it may be hidden in a container) the kernel's answer has to do. */
export function processEntries(): readonly string[] | undefined {
  try {
    return readdirSync('/proc');
  } catch {
    return undefined;
  }
}
