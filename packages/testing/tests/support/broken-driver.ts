import {
  NodeDriver,
  type DriverCapabilities,
  type LaunchSpec,
  type ProcessDriver,
  type ProcessHandle,
} from '@proc/core';

/** What a broken driver puts in place of what a handle has. */
export type Change = Partial<ProcessHandle>;
type BreakLaunch = (launch: LaunchSpec) => LaunchSpec | Promise<LaunchSpec>;

/** A driver that works, except for what `breakLaunch` and `breakHandle` do to it. */
export class BrokenDriver implements ProcessDriver {
  readonly name = 'broken';
  readonly capabilities: DriverCapabilities;
  readonly #real = new NodeDriver();
  readonly #breakLaunch: BreakLaunch;
  readonly #breakHandle: (handle: ProcessHandle, launch: LaunchSpec) => Change;

  constructor(
    breakHandle: (handle: ProcessHandle, launch: LaunchSpec) => Change,
    breakLaunch: BreakLaunch = (launch) => launch,
    capabilities: Partial<DriverCapabilities> = {},
  ) {
    this.#breakHandle = breakHandle;
    this.#breakLaunch = breakLaunch;
    this.capabilities = { ...this.#real.capabilities, ...capabilities };
  }

  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    const handle = await this.#real.start(await this.#breakLaunch(launch));
    const { pid, stdin, stdout, stderr, channel, exited } = handle;
    return {
      ...{ pid, stdin, stdout, stderr, channel, exited },
      signal: (signal: NodeJS.Signals) => handle.signal(signal),
      groupAlive: () => handle.groupAlive?.() ?? false,
      ...this.#breakHandle(handle, launch),
    };
  }
}

/** What is wrong with a driver, and the name of the case that has to find out. */
export interface Fault {
  readonly fault: string;
  readonly caughtBy: string;
  /** The case waits for what never comes, and fails by its longest time alone. */
  readonly hangs?: true;
  readonly driver: () => ProcessDriver;
}

/** A driver that works, except for what it does while it starts a process. */
export function brokenStart(
  start: (launch: LaunchSpec, real: ProcessDriver) => Promise<ProcessHandle>,
): ProcessDriver {
  const real = new NodeDriver();
  return {
    name: 'broken',
    capabilities: real.capabilities,
    start: (launch) => start(launch, real),
  };
}
