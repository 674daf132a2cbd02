import type { Command } from './command.js';
import type { DrainSpec } from './drain.js';
import type { EnvironmentSpec } from './environment-spec.js';
import type { IpcSerialization } from './ipc.js';
import type { RetentionSpec } from './output-spec.js';
import type { ResourceLimits } from './resource-limits.js';
import type { RetrySpec } from './retry.js';

/** How the standard input is fed; the data itself is no part of a specification. */
export type InputKind =
  'none' | 'text' | 'bytes' | 'file' | 'stream' | 'iterable' | 'process' | 'interactive';

/**
 * Everything that determines a run, frozen and serialisable: what `PendingProcess` builds and drivers, events,
 * results and errors carry. Streams, callbacks and signals stay outside.
 */
export interface ProcessSpec {
  readonly command: Command;
  /** Working directory; `null` means that of this process. */
  readonly cwd: string | null;
  readonly env: EnvironmentSpec;
  /**
   * The directory from which on upwards `node_modules/.bin` come before PATH: its path, or `true` for the working
   * directory; `null`: none does.
   */
  readonly preferLocal: string | true | null;
  readonly input: InputKind;
  /** How messages to and from the program are written; `null`: there is no channel for them. */
  readonly ipc: IpcSerialization | null;
  /** `null` means none. */
  readonly timeoutMs: number | null;
  /** Longest silence on both streams; `null` means any. */
  readonly idleTimeoutMs: number | null;
  readonly killSignal: NodeJS.Signals;
  /** Time between `killSignal` and SIGKILL. */
  readonly graceMs: number;
  /** How long output is waited for after the exit. */
  readonly drain: DrainSpec;
  readonly retry: RetrySpec;
  readonly stdout: RetentionSpec;
  readonly stderr: RetentionSpec;
  /** Nothing is kept of either stream. */
  readonly quiet: boolean;
  /** stderr goes into stdout, in exact order. */
  readonly mergeStderr: boolean;
  /** The child gets this process's terminal; nothing is captured. */
  readonly tty: boolean;
  /** The child outlives this process. */
  readonly detached: boolean;
  readonly encoding: BufferEncoding;
  readonly uid: number | null;
  readonly gid: number | null;
  /** What is added to the niceness; `null`: nothing. */
  readonly nice: number | null;
  readonly limits: ResourceLimits;
  /** Name of the driver; `null` means the default. */
  readonly driver: string | null;
  readonly tag: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
}
