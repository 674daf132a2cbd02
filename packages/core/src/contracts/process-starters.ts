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
  /** A description of a process that says nothing yet. */
  newPendingProcess(): PendingProcess;
  /** Working directory. See {@link PendingProcess.path}. */
  path(directory: string | URL): PendingProcess;
  /** Longest run. See {@link PendingProcess.timeout}. */
  timeout(duration: Duration | null): PendingProcess;
  /** Longest silence on both streams. See {@link PendingProcess.idleTimeout}. */
  idleTimeout(duration: Duration | null): PendingProcess;
  /** No timeout. See {@link PendingProcess.forever}. */
  forever(): PendingProcess;
  /** Variables for the environment. See {@link PendingProcess.env}. */
  env(variables: EnvironmentMap): PendingProcess;
  /** The standard input. See {@link PendingProcess.input}. */
  input(source: InputSource | undefined): PendingProcess;
  /** Keeps nothing of the output. See {@link PendingProcess.quietly}. */
  quietly(): PendingProcess;
  /** Gives the child this process's terminal. See {@link PendingProcess.tty}. */
  tty(on?: boolean | 'auto'): PendingProcess;
  /** Decides about the shell. See {@link PendingProcess.shell}. */
  shell(shell?: boolean | string): PendingProcess;
  /** Tries again after a failure. See {@link PendingProcess.retry}. */
  retry(times: number | RetryOptions, delay?: Duration): PendingProcess;
  /** Chooses the driver by name. See {@link PendingProcess.driver}. */
  driver(name: string): PendingProcess;
}
