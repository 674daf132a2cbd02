import type { Size } from '@proc/core';

/** A share of a whole, such as `'10%'`. */
export type Share = `${number}%`;

/**
 * What the machine must have to spare for an entry to be started beside others. One alone is always started, so that no
 * pool stands still; what runs goes on.
 */
export interface GateOptions {
  /**
   * Memory that must be available: a size, or a share of all there is. In a container, what its limit leaves. Default:
   * none is asked for.
   */
  readonly minFreeMemory?: Size | Share | undefined;
  /**
   * The highest load average (of one minute) at which more is started: a number, or a share of the processors, of which
   * `'100%'` is one running process for each. Windows has no load average, so there it is refused. Default: any.
   */
  readonly maxLoad?: number | Share | undefined;
  /**
   * How many more files this process must be able to open. Looked at on Linux and macOS; Windows has no such limit.
   * Default: none.
   */
  readonly minFreeDescriptors?: number | undefined;
}
