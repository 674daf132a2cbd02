/** A function in the worker, ready to be called, with what its context offers. */
export interface LoadedTask {
  readonly name: string;
  readonly fn: (...args: unknown[]) => unknown;
  /** The values and functions given as `with`. */
  readonly with: Readonly<Record<string, unknown>>;
  /** Loads as the file does in which the function was written. */
  readonly require: NodeJS.Require;
  /** The same for modules of either format; relative paths count from that file. */
  readonly import: (specifier: string, options?: ImportCallOptions) => Promise<unknown>;
}

/** Puts something between a task and its function. */
export type WrapTask = (task: LoadedTask) => LoadedTask;
