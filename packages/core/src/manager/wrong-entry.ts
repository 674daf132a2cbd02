import { isRunningProcess } from '../process/running-process-brand.js';

const NOT_RUN_YET = ' Describe the command, and run nothing: that is done here.';

/** What was given in place of an entry of a pool or pipeline, for a message, with the way out where there is one. */
export function showWrongEntry(given: unknown): string {
  if (given === null) return 'null.';
  if (typeof given === 'function') return `a function.${NOT_RUN_YET}`;
  if (typeof given !== 'object') return `${typeof given}.`;
  if (isRunningProcess(given)) return `a process that has been started.${NOT_RUN_YET}`;
  return 'then' in given ? `a promise.${NOT_RUN_YET}` : 'object.';
}
