import { realTime } from '@proc/core/internal';

/** Turns of the event loop without anything to do after which there is nothing more to come. */
const QUIET_TURNS = 2;
/** A program that prints for ever never comes to rest. */
const MOST_TURNS = 1000;

/** Tasks that have been waited for in vain: what reads from a terminal, say, is never done. */
let endless = 0;

/**
 * Resolves when nothing is left to be done that takes no time: no callback of a promise, no immediate, no access to a
 * file.
 */
export async function settled(): Promise<void> {
  let quiet = 0;
  for (let turn = 0; quiet < QUIET_TURNS; turn++) {
    await new Promise((resolve) => realTime.setImmediate(resolve));
    const tasks = countTasks();
    if (turn === MOST_TURNS) endless = tasks;
    endless = Math.min(endless, tasks);
    quiet = tasks > endless ? 0 : quiet + 1;
  }
}

function countTasks(): number {
  return process.getActiveResourcesInfo().filter(isTask).length;
}

function isTask(resource: string): boolean {
  return resource === 'Immediate' || resource.startsWith('FSReq');
}
