import type { ProcessStarters } from '@proc/core';
import type { IpcBroker } from '@proc/ipc';
import { entryFile } from '../../backends/entry-file.js';
import type { ForkedProcess } from './forked-process.js';

/** What processes are forked by. */
export interface ForkEnvironment {
  /** Starts the processes of `fork`. */
  readonly processes: () => ProcessStarters;
  /** What `context.ipc` of a forked function is connected to; asked when the function wants it. */
  readonly hub?: (() => IpcBroker) | undefined;
  /** @internal A process that stands in for a real one, while there are fakes. */
  readonly fakeFork?: (() => ForkedProcess | undefined) | undefined;
}

/**
 * Starts the process that waits to be told its function.
 *
 * @throws the error of a process that can not be started
 */
export async function launchFork(environment: ForkEnvironment): Promise<ForkedProcess> {
  const fake = environment.fakeFork?.();
  if (fake !== undefined) return fake;
  const child = await environment
    .processes()
    .node(entryFile('parallel/fork/fork-entry'))
    .ipc('advanced')
    .forever()
    .start();
  return child as ForkedProcess;
}
