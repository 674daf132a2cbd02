import type { LaunchSpec } from '../contracts/process-driver.js';

/** What a local driver tells `child_process` to start. */
export interface LaunchWords {
  readonly file: string;
  readonly args: readonly string[];
  /** `undefined`: that of the launch. */
  readonly env: LaunchSpec['env'] | undefined;
  /** What the program is told to be called; `undefined`: its `file`. */
  readonly argv0: string | undefined;
}
