import type { LaunchSpec, StdioTarget } from '../contracts/process-driver.js';

/** What `child_process` and execa connect a descriptor to. */
type Stdio = 'ignore' | 'pipe' | 'inherit' | 'ipc' | number;

/** The descriptors of a launch in the words of `child_process` and execa; the channel of messages comes last. */
export function stdioOf({ stdin, stdout, stderr, ipc }: LaunchSpec): Stdio[] {
  const streams = [stdin, stdout, stderr].map(stdio);
  return ipc === null ? streams : [...streams, 'ipc'];
}

function stdio(target: StdioTarget | 'stdout'): Stdio {
  if (typeof target === 'object') return target.fd;
  // A shared stderr is redirected by the program's own launch.
  return target === 'null' || target === 'stdout' ? 'ignore' : target;
}
