import type { DrainOptions, DrainSpec } from '../contracts/drain.js';
import type { Duration } from '../contracts/duration.js';
import type { RetentionPolicy } from '../contracts/output-spec.js';
import type { Size } from '../contracts/size.js';

/** Configuration of processes, as given. Everything has a default. */
export interface ProcessConfig {
  /**
   * Driver to use; default: `PROC_DRIVER`, else a preferred one such as `posix`, else `execa`. Looked for at the first
   * run, since `extend` may register it until then: one that there is not is a {@link DriverNotFoundError} there.
   */
  readonly default?: string | undefined;
  /** Timeout of every process that sets none; default: none (Laravel's is 60 s). */
  readonly timeout?: Duration | null | undefined;
  /** Idle timeout of every process that sets none; default: none. */
  readonly idleTimeout?: Duration | null | undefined;
  /** Time between the first signal and SIGKILL; default 5 s. */
  readonly grace?: Duration | undefined;
  /** How long output is waited for after the exit; default 250 ms of silence, 5 s in all. */
  readonly drain?: DrainOptions | undefined;
  /** What children inherit of the environment; default `inherit`. */
  readonly env?: { readonly mode?: 'inherit' | 'clean' | undefined } | undefined;
  /** What is kept of each stream; default everything, spilling to a file above 1 MiB. */
  readonly output?:
    | { readonly policy?: RetentionPolicy | undefined; readonly limit?: Size | undefined }
    | undefined;
  /** What becomes of process groups when this process ends; default `kill`. */
  readonly orphans?: 'kill' | 'leave' | undefined;
  /** The shell for command lines that need one; default the platform's. */
  readonly shell?: string | undefined;
  /** Named drivers with options of their own. */
  readonly drivers?: Readonly<Record<string, DriverConfig>> | undefined;
  /** For pools that do not say. */
  readonly pool?:
    | {
        readonly concurrency?: number | 'cpus' | undefined;
        readonly minFreeMemory?: Size | `${number}%` | undefined;
        readonly maxLoad?: number | `${number}%` | undefined;
        readonly minFreeDescriptors?: number | undefined;
      }
    | undefined;
  /** For pipelines that do not say; default `sequential`. */
  readonly pipe?: { readonly mode?: 'sequential' | 'streaming' | undefined } | undefined;
  /** For pools of workers: a `WorkersConfig` of `@proc/workers`, which checks it when the first is made. */
  readonly workers?: Readonly<Record<string, unknown>> | undefined;
  /** For communication between processes: an `IpcConfig` of `@proc/ipc`, which checks it at its first use. */
  readonly ipc?: Readonly<Record<string, unknown>> | undefined;
}

/** A named driver: the type that it is made from, and that driver's options. */
export interface DriverConfig {
  /** Default: the name itself. */
  readonly driver?: string;
  readonly [option: string]: unknown;
}

/** Configuration after validation, with every default filled in. */
export interface ResolvedProcessConfig {
  readonly default: string | null;
  readonly timeoutMs: number | null;
  readonly idleTimeoutMs: number | null;
  readonly graceMs: number;
  readonly drain: DrainSpec;
  readonly envMode: 'inherit' | 'clean';
  readonly output: { readonly policy: RetentionPolicy; readonly limit: number };
  readonly orphans: 'kill' | 'leave';
  readonly shell: string | null;
  readonly drivers: Readonly<Record<string, DriverConfig>>;
  readonly pool: { readonly concurrency: number | 'cpus' };
  readonly pipe: { readonly mode: 'sequential' | 'streaming' };
}
