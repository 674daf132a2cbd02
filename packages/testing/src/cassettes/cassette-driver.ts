import type { DriverCapabilities, LaunchSpec, ProcessDriver, ProcessHandle } from '@proc/core';

/** Starts what a cassette decides on, given a start for real. */
export type CassetteStart = (
  launch: LaunchSpec,
  really: (launch: LaunchSpec) => Promise<ProcessHandle>,
) => Promise<ProcessHandle>;

/**
 * A driver behind a cassette. Of what it can do it keeps what can be recorded: bytes that go through this process. A
 * terminal, descriptors, messages and what outlives this process are refused before anything starts.
 */
export class CassetteDriver implements ProcessDriver {
  readonly name: string;
  readonly capabilities: DriverCapabilities;
  /** Only where something may really be started. */
  readonly prepare?: () => Promise<void>;
  readonly #real: ProcessDriver;
  readonly #start: CassetteStart;

  constructor(real: ProcessDriver, start: CassetteStart, starts: 'something' | 'nothing') {
    this.name = real.name;
    const without = { tty: false, kernelPipes: false, detached: false, ipc: false };
    this.capabilities = { ...real.capabilities, ...without };
    this.#real = real;
    this.#start = start;
    if (starts === 'something') this.prepare = async () => real.prepare?.();
  }

  start(launch: LaunchSpec): Promise<ProcessHandle> {
    return this.#start(launch, (given) => this.#real.start(given));
  }
}
