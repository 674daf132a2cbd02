import type { ForkAnswer, ForkFrame, ForkOrder } from './fork-messages.js';

/** What is needed of a process that runs one function: a `RunningProcess`, or what stands in for one. */
export interface ForkedProcess {
  readonly pid: number;
  running(): boolean;
  output(): string;
  errorOutput(): string;
  signal(signal: NodeJS.Signals): unknown;
  send(message: ForkOrder | ForkFrame): Promise<void>;
  messages(): AsyncIterable<ForkAnswer | ForkFrame>;
  wait(): Promise<{ readonly exitCode: number | null }>;
  stop(grace: number): Promise<unknown>;
}
