import type { ProcessManager } from '@proc/process';

/** Lets every start fail, as on a machine that has none of the programs. */
export function withoutPrograms(processes: ProcessManager): void {
  processes.decorateDrivers((real) => ({
    name: real.name,
    capabilities: real.capabilities,
    start: () => Promise.reject(new Error('A program was really started.')),
  }));
}
