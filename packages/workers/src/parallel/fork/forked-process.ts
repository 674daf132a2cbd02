import type { ForkFrame, ForkOrder } from './fork-messages.js';

/** What is needed of a process that runs one function: a `RunningProcess`, or what stands in for one. */
export interface ForkedProcess {
  readonly pid: number;
  running(): boolean;
  output(): string;
  errorOutput(): string;
  signal(signal: NodeJS.Signals): unknown;
  send(message: ForkOrder | ForkFrame): Promise<void>;
  /** Those of the process, and whatever its function sends by itself. */
  messages(): AsyncIterable<unknown>;
  wait(): Promise<{ readonly exitCode: number | null }>;
  stop(grace: number): Promise<unknown>;
}
