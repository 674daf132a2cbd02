import type { Application, ProcessManager } from '@proc/core';
import type { CassetteMode } from './cassette-mode.js';

/** Where a text stands that is about to be written to a cassette. */
export interface ScrubPlace {
  readonly field: 'command' | 'cwd' | 'env' | 'in' | 'out' | 'err';
  /** The command line, for `in`, `out` and `err` as it has been written down. */
  readonly command: string;
  /** The name of the variable; only for `env`. */
  readonly name?: string | undefined;
}

/**
 * Changes a text before it is written to a cassette, and before a call is looked for in it. Secrets and paths of the
 * machine have been replaced already. Must give the same for the same text.
 */
export type Scrub = (text: string, place: ScrubPlace) => string;

/** What a recorded call must have in common with one that is made. */
export interface CassetteMatch {
  /** Default: the working directory, relative to the project. */
  readonly cwd?: 'relative' | 'ignore' | undefined;
  /** Names of variables that must be equal. Default: none. */
  readonly env?: readonly string[] | undefined;
  /** Default: a hash of the whole standard input. */
  readonly input?: 'hash' | 'ignore' | undefined;
}

/** How a cassette is used. */
export interface CassetteOptions {
  /** Default: by the environment variable `PROC_CASSETTES`, else by whether there is a file and `CI` is set. */
  readonly mode?: CassetteMode | undefined;
  /** What calls and recordings must have in common. */
  readonly match?: CassetteMatch | undefined;
  /** Changes each text before it is written, and before it is looked for. */
  readonly scrub?: Scrub | undefined;
  /** Keeps the times between the steps, and replays them. Default: `false` when recording; else as recorded. */
  readonly timing?: boolean | undefined;
  /** What to do at the end about entries that nothing has asked for, when replaying. Default: nothing. */
  readonly unused?: 'ignore' | 'fail' | undefined;
  /** Whose processes. Default: the facade `Process` of `@proc/process`. */
  readonly target?: Application | ProcessManager | undefined;
}
