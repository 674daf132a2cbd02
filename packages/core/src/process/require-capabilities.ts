import type { DriverCapabilities, LaunchSpec, ProcessDriver } from '../contracts/process-driver.js';
import { UnsupportedCapabilityError } from '../errors/unsupported-capability-error.js';

interface Need {
  readonly capability: keyof DriverCapabilities;
  readonly what: string;
  needed(launch: LaunchSpec): boolean;
}

const NEEDS: readonly Need[] = [
  {
    capability: 'tty',
    what: "giving a process this process's terminal, or there is none here (tty('auto') does without one)",
    needed: ({ stdin, stdout, stderr }) => [stdin, stdout, stderr].includes('inherit'),
  },
  {
    capability: 'kernelPipes',
    what: 'connecting a process to a file descriptor',
    needed: (launch) =>
      [launch.stdin, launch.stdout, launch.stderr].some((target) => typeof target === 'object'),
  },
  {
    capability: 'detached',
    what: 'processes that outlive this one',
    needed: (launch) => launch.detached,
  },
  {
    capability: 'uidGid',
    what: 'running as another user or group',
    needed: (launch) => launch.uid !== null || launch.gid !== null,
  },
  {
    capability: 'mergeStderr',
    what: 'merging stderr into stdout',
    needed: (launch) => launch.stderr === 'stdout',
  },
  {
    capability: 'nice',
    what: 'niceness',
    needed: (launch) => launch.nice !== null,
  },
  {
    capability: 'limits',
    what: 'limits of what a process may use',
    needed: ({ limits }) => Object.values(limits).some((limit) => limit !== null),
  },
  {
    capability: 'ipc',
    what: 'a channel of messages',
    needed: (launch) => launch.ipc !== null,
  },
];

/**
 * Checks that a driver can do what a launch asks for. `processGroup` is not asked for but used where it exists.
 *
 * @throws {@link UnsupportedCapabilityError} for the first thing that it can't do
 */
export function requireCapabilities(driver: ProcessDriver, launch: LaunchSpec): void {
  for (const need of NEEDS) {
    if (need.needed(launch) && !driver.capabilities[need.capability]) {
      throw new UnsupportedCapabilityError(driver.name, need.capability, need.what);
    }
  }
}
