import type { IpcSerialization } from './ipc.js';
import type { ProcessHandle } from './process-handle.js';
import type { ProcessSpec } from './process-spec.js';
import type { ResourceLimits } from './resource-limits.js';

/** What a driver can do. Asking for what it lacks is an `UnsupportedCapabilityError` before anything starts. */
export interface DriverCapabilities {
  /** Standard streams may be this process's terminal (`'inherit'`). */
  readonly tty: boolean;
  /** Standard streams may be descriptors of this process (`{ fd }`), so programs can be joined by kernel pipes. */
  readonly kernelPipes: boolean;
  /** A process can lead a group of its own, and a signal reaches every member. */
  readonly processGroup: boolean;
  /** A process can outlive this one. */
  readonly detached: boolean;
  /** A process can run as another user or group. */
  readonly uidGid: boolean;
  /** A process can be nicer, or less nice, than this one. */
  readonly nice: boolean;
  /** What a process may use can be limited. */
  readonly limits: boolean;
  /** A Node program can be given a channel of messages. */
  readonly ipc: boolean;
  /** stderr can share stdout's descriptor. */
  readonly mergeStderr: boolean;
  /** Programs run on another machine: paths and pids are not this one's. */
  readonly remote: boolean;
}

/**
 * What a standard stream is connected to: the null device, a pipe to this process, this process's own stream of
 * the same number, or a descriptor of this process (which stays open here; closing it is the caller's part).
 */
export type StdioTarget = 'null' | 'pipe' | 'inherit' | { readonly fd: number };

/** Both ends of a pipe as descriptors of this process, which no program is given unasked. */
export interface PipeEnds {
  readonly read: number;
  readonly write: number;
}

/** A specification made ready for the operating system: shell, environment and streams resolved. */
export interface LaunchSpec {
  readonly spec: ProcessSpec;
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute, or `null` for that of this process. */
  readonly cwd: string | null;
  /** The whole environment; nothing is added to it. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: StdioTarget;
  readonly stdout: StdioTarget;
  /** `'stdout'`: the same descriptor as stdout (see `DriverCapabilities.mergeStderr`). */
  readonly stderr: StdioTarget | 'stdout';
  /** Make the process the leader of a new group. */
  readonly processGroup: boolean;
  readonly detached: boolean;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly nice: number | null;
  readonly limits: ResourceLimits;
  /** Open a channel of messages (see {@link ProcessHandle.channel}). */
  readonly ipc: IpcSerialization | null;
  /** Windows: pass `args` unquoted (for `cmd.exe`). */
  readonly verbatimArguments: boolean;
}

/**
 * Starts programs. This is all that a driver does: timeouts, capture, retries, events and termination are made
 * once, in core, for all drivers.
 *
 * Every driver, ours or a third party's, passes the suite of `@proc/testing/conformance`.
 */
export interface ProcessDriver {
  readonly name: string;
  readonly capabilities: DriverCapabilities;
  /**
   * Loads what the driver needs. Called before each start; the time that it takes is no part of the run. Where all is
   * there, `undefined` lets the start follow at once.
   */
  prepare?(): Promise<void> | undefined;
  /**
   * Starts one process and resolves once it runs.
   *
   * Obligations: rejects when it could not be started, with the system's error (`code` such as `ENOENT`,
   * `EACCES`, `E2BIG`, `EMFILE`) or with a `ProcError` of its own; leaves nothing behind in that case. Passes
   * arguments byte for byte. Adds nothing to `launch.env`.
   */
  start(launch: LaunchSpec): Promise<ProcessHandle>;
  /**
   * Makes a pipe for two programs to be joined by; closing both ends is the caller's part. Absent where a driver has no
   * way to, `undefined` where it has none now: then a shell makes them.
   *
   * @throws the system's error when descriptors have run out
   */
  openPipe?(): PipeEnds | undefined;
}
