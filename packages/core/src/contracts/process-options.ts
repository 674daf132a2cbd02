import type { CommandInput, CommandWord } from './command.js';
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
  readonly cwd?: string | URL | undefined;
  readonly env?: EnvironmentMap | undefined;
  /** Default `true`. */
  readonly inheritEnv?: boolean | undefined;
  readonly shell?: boolean | string | undefined;
  /** Look for programs in `node_modules/.bin` first. */
  readonly preferLocal?: boolean | string | URL | undefined;
  readonly input?: InputSource | undefined;
  readonly timeout?: Duration | null | undefined;
  readonly idleTimeout?: Duration | null | undefined;
  readonly quiet?: boolean | undefined;
  readonly tty?: boolean | 'auto' | undefined;
  readonly driver?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly killSignal?: NodeJS.Signals | number | undefined;
  readonly grace?: Duration | undefined;
  readonly retry?: number | RetryOptions | undefined;
  readonly output?: OutputOptions | undefined;
  readonly mergeStderr?: boolean | undefined;
  readonly detached?: boolean | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly nice?: number | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly interactive?: boolean | undefined;
  readonly ipc?: IpcSerialization | boolean | undefined;
  readonly encoding?: BufferEncoding | undefined;
  readonly tag?: string | undefined;
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
