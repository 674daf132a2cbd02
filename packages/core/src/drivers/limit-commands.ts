import type { ResourceLimits } from '../contracts/resource-limits.js';

/**
 * What a POSIX shell has to be told to set limits, in the order in which none keeps the next one from being set: an
 * error of the first one ends the line.
 */
export function limitCommands(limits: ResourceLimits): string {
  const { processes, cpuSeconds, memoryBytes, files } = limits;
  const commands: string[] = [];
  // dash and busybox call `-p` what is `-u` elsewhere.
  if (processes !== null) {
    commands.push(`{ ulimit -u ${processes} 2>/dev/null || ulimit -p ${processes}; }`);
  }
  // SIGXCPU comes at the soft limit, but where the hard one is not above it SIGKILL comes first.
  if (cpuSeconds !== null) {
    const gently = `{ ulimit -S -t ${cpuSeconds} && ulimit -H -t ${cpuSeconds + 1}; } 2>/dev/null`;
    commands.push(`{ ${gently} || ulimit -t ${cpuSeconds}; }`);
  }
  if (memoryBytes !== null) commands.push(`ulimit -v ${Math.ceil(memoryBytes / 1024)}`);
  if (files !== null) commands.push(`ulimit -n ${files}`);
  return commands.join(' && ');
}
