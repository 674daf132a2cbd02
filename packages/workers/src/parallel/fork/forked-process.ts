import type { ForkAnswer, ForkOrder } from './fork-messages.js';

/** What is needed of a process that runs one function: a `RunningProcess`, or what stands in for one. */
export interface ForkedProcess {
  readonly pid: number;
  running(): boolean;
  output(): string;
  errorOutput(): string;
  signal(signal: NodeJS.Signals): unknown;
  send(order: ForkOrder): Promise<void>;
  messages(): AsyncIterable<ForkAnswer>;
  wait(): Promise<{ readonly exitCode: number | null }>;
  stop(grace: number): Promise<unknown>;
}
