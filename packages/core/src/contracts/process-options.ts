import type { CommandInput, CommandWord } from './command.js';
import type { DrainOptions } from './drain.js';
import type { Duration } from './duration.js';
import type { EnvironmentMap } from './environment-spec.js';
import type { InputSource } from './input-source.js';
import type { IpcSerialization } from './ipc.js';
import type { OutputOptions } from './output-spec.js';
import type { LimitOptions } from './resource-limits.js';
import type { RetryOptions } from './retry.js';

/**
 * Options of one run. Each is the builder method of the same name; unknown keys are refused with the nearest
 * valid one. Only own properties are read.
 */
export interface ProcessOptions {
  /** Working directory; default: that of this process. */
  readonly cwd?: string | URL | undefined;
  /** Variables added to the environment; `false`, `null` and `undefined` remove one, `''` sets an empty one. */
  readonly env?: EnvironmentMap | undefined;
  /** `false`: the child sees only what `env` sets. Default `true`. */
  readonly inheritEnv?: boolean | undefined;
  /**
   * `true`: through the platform's shell, a path: through that one, `false`: through none.
   * Default: as the line demands.
   */
  readonly shell?: boolean | string | undefined;
  /** Look for programs in `node_modules/.bin` first. */
  readonly preferLocal?: boolean | string | URL | undefined;
  /** The standard input; `null` and `undefined` mean none: then the child reads the null device. */
  readonly input?: InputSource | undefined;
  /** Longest run; `0` and `null` mean any. Default: that of the configuration, else none. */
  readonly timeout?: Duration | null | undefined;
  /** Longest silence on both streams; `0` and `null` mean any. */
  readonly idleTimeout?: Duration | null | undefined;
  /** Keep nothing of the output; a callback still gets it. */
  readonly quiet?: boolean | undefined;
  /** Give the child this process's terminal; `'auto'`: only where there is one. Nothing is captured then. */
  readonly tty?: boolean | 'auto' | undefined;
  /** Name of the driver; default: that of the configuration. */
  readonly driver?: string | undefined;
  /** Cancels the run when it aborts: `run()` rejects with a `ProcessCancelledError`. */
  readonly signal?: AbortSignal | undefined;
  /** What ends the process at a timeout, an abort or a stop; default SIGTERM. */
  readonly killSignal?: NodeJS.Signals | number | undefined;
  /** Time between `killSignal` and SIGKILL; default 5 s. */
  readonly grace?: Duration | undefined;
  /** How long output is waited for after the exit, while a descendant holds it open. */
  readonly drain?: DrainOptions | undefined;
  /** Further attempts after a failure, or a rule for them; default 0. */
  readonly retry?: number | RetryOptions | undefined;
  /** What is kept of each stream, and where copies go. */
  readonly output?: OutputOptions | undefined;
  /** stderr goes where stdout goes, in exact order (POSIX). */
  readonly mergeStderr?: boolean | undefined;
  /** The child outlives this process and is not waited for. */
  readonly detached?: boolean | undefined;
  /** Run as this user (POSIX; needs the right to). */
  readonly uid?: number | undefined;
  /** Run as this group (POSIX; needs the right to). */
  readonly gid?: number | undefined;
  /** Added to the niceness, from -20 to 19 (POSIX). */
  readonly nice?: number | undefined;
  /** Limits of what the process may use (POSIX). */
  readonly limits?: LimitOptions | undefined;
  /** Keep the standard input open for `write()`. */
  readonly interactive?: boolean | undefined;
  /** Open a channel of messages to a Node program; `true` means `'json'`. */
  readonly ipc?: IpcSerialization | boolean | undefined;
  /** How output is decoded into text; default `utf8`. */
  readonly encoding?: BufferEncoding | undefined;
  /** A label for results and events. */
  readonly tag?: string | undefined;
  /** Your own data, carried to results and events. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** Alias of `cwd`. */
  readonly workingDirectory?: string | URL | undefined;
  /** Alias of `env`. */
  readonly environment?: EnvironmentMap | undefined;
  /** Alias of `inheritEnv`. */
  readonly includeParentEnvironment?: boolean | undefined;
  /** Alias of `shell`. */
  readonly runInShell?: boolean | undefined;
  /** Alias of `retry.times`. */
  readonly retryAttempts?: number | undefined;
  /** Alias of `retry.delay`. */
  readonly retryDelay?: Duration | undefined;
}

/** A command with its options, as one value: what lists and iterables of commands may hold. */
export interface CommandDescription extends ProcessOptions {
  readonly command: CommandInput;
  readonly args?: readonly CommandWord[] | undefined;
  /** Its key in a pool or pipeline. */
  readonly key?: string | undefined;
}
