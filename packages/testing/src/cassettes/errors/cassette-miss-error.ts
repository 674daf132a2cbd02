import { ProcError } from '@proc/core';

/** What a {@link CassetteMissError} is about. */
export interface CassetteMiss {
  /** The file. */
  readonly path: string;
  /** The command line that was asked for. */
  readonly command: string;
  /** The recorded command line that comes nearest; `undefined` when nothing has been recorded. */
  readonly nearest: string | undefined;
  /** In what the nearest one differs, such as `cwd: recorded ".", asked for "src"`. */
  readonly differences: readonly string[];
  /** For people: how often it was recorded, that there is no file, and so on. */
  readonly why: string;
}

/**
 * A process was started that the cassette does not have. Nothing was started, and nothing is retried.
 *
 * Where only the input tells that, it comes when the input has been given.
 */
export class CassetteMissError extends ProcError implements CassetteMiss {
  readonly code = 'ERR_PROC_CASSETTE_MISS';
  readonly path: string;
  readonly command: string;
  readonly nearest: string | undefined;
  readonly differences: readonly string[];
  readonly why: string;

  constructor(miss: CassetteMiss) {
    super(messageFor(miss));
    this.path = miss.path;
    this.command = miss.command;
    this.nearest = miss.nearest;
    this.differences = miss.differences;
    this.why = miss.why;
  }
}

function messageFor({ path, command, nearest, differences, why }: CassetteMiss): string {
  return [
    `The cassette has no [${command}]: ${why}`,
    ...(nearest === undefined ? [] : [`Nearest: [${nearest}]`]),
    ...differences.map((difference) => `  ${difference}`),
    `To record it, where the programs are installed: PROC_CASSETTES=update, or mode: 'update'.`,
    `Cassette: ${path}`,
  ].join('\n');
}
