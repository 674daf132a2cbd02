import type { Duration } from './duration.js';
import type { Size } from './size.js';

/** Limits of a process and each of its children, as given to `limits()`; what is left out stays as it is. */
export interface LimitOptions {
  /** Processor time; SIGXCPU follows. The system counts whole seconds: it is rounded up. */
  readonly cpu?: Duration | undefined;
  /** Address space (rounded up to KiB): allocations beyond it fail. */
  readonly memory?: Size | undefined;
  /** Open files: opening one more is EMFILE. */
  readonly files?: number | undefined;
  /** Processes of the user: starting one more is EAGAIN. Not for root. */
  readonly processes?: number | undefined;
}

/** Limits of a process, resolved; `null` leaves one as it is. */
export interface ResourceLimits {
  readonly cpuSeconds: number | null;
  readonly memoryBytes: number | null;
  readonly files: number | null;
  readonly processes: number | null;
}
