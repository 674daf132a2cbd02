import type { PendingProcess } from '../process/pending-process.js';
import type { CommandInput, CommandWord } from './command.js';
import type { Duration } from './duration.js';
import type { EnvironmentMap } from './environment-spec.js';
import type { InputSource } from './input-source.js';
import type { RetryOptions } from './retry.js';

/**
 * The verbs that begin a description of a process. The manager, pools and pipelines all have them; each call makes
 * a new `PendingProcess`, on which the same verb exists.
 */
export interface ProcessStarters {
  /** A program and arguments never meet a shell; a line with shell syntax does. See {@link PendingProcess.command}. */
  command(command: CommandInput, args?: readonly CommandWord[]): PendingProcess;
  /**
   * A Node program with a channel of messages (see {@link MessagePeer}), by the Node of this process and with its
   * options for loading code. A relative path begins at the program's working directory.
   */
  node(script: string | URL, args?: readonly CommandWord[]): PendingProcess;
  newPendingProcess(): PendingProcess;
  path(directory: string | URL): PendingProcess;
  timeout(duration: Duration | null): PendingProcess;
  idleTimeout(duration: Duration | null): PendingProcess;
  forever(): PendingProcess;
  env(variables: EnvironmentMap): PendingProcess;
  input(source: InputSource | undefined): PendingProcess;
  quietly(): PendingProcess;
  tty(on?: boolean | 'auto'): PendingProcess;
  shell(shell?: boolean | string): PendingProcess;
  retry(times: number | RetryOptions, delay?: Duration): PendingProcess;
  driver(name: string): PendingProcess;
}
