import { readdirSync, readFileSync } from 'node:fs';

export function listenersOfThisProcess(): number {
  return process
    .eventNames()
    .reduce((total, name) => total + process.listenerCount(name as NodeJS.Signals), 0);
}

/** Processes and pipes that Node holds; other things in this process come and go. */
export function activeResources(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(ProcessWrap|PipeWrap)$/.test(name))
    .length;
}

/** How many descriptors this process has open; 0 where the system does not say. */
export function openDescriptors(): number {
  return entriesOf('/dev/fd').length;
}

/** How many children of this process have ended and were not waited for; 0 where the system does not say. */
export function zombies(): number {
  const pids = entriesOf('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    // Behind the name of the program, which may hold anything.
    const [, state, parent] = /^.*\) (\S) (\d+) /s.exec(statusOf(pid)) ?? [];
    return state === 'Z' && Number(parent) === process.pid;
  }).length;
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Nothing for a process that has gone in the meantime. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}
