import type { ProcessHandle } from '../contracts/process-handle.js';

/**
 * To be called once the first signal of an ending has reached somebody: what was stopped goes on, so that it can act on
 * the signal. SIGKILL ends it as it is.
 */
export function letGoOn(handle: ProcessHandle, signal: NodeJS.Signals): void {
  if (signal !== 'SIGKILL') handle.continue?.();
}
