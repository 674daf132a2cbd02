import type { LaunchSpec } from '../contracts/process-driver.js';

/** What a local driver tells `child_process` to start. */
export interface LaunchWords {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: LaunchSpec['env'];
  /** What the program is told to be called; `undefined`: its `file`. */
  readonly argv0: string | undefined;
}
