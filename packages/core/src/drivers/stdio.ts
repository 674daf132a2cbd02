import type { StdioTarget } from '../contracts/process-driver.js';

/** A target in the words of `child_process` and execa. */
export function stdio(target: StdioTarget | 'stdout'): 'ignore' | 'pipe' | 'inherit' | number {
  if (typeof target === 'object') return target.fd;
  // A shared stderr is redirected by the program's own launch.
  return target === 'null' || target === 'stdout' ? 'ignore' : target;
}
