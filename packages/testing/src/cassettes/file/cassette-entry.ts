/** Text in a cassette: a list of its lines, each with its line end, where there are several. */
export type StoredText = string | readonly string[];

/**
 * One thing that happened to a recorded process. Exactly one of the fields says what, but `after` may stand alone.
 *
 * `out64`, `err64` and `in64` hold, in base64, what is not text.
 */
export interface StoredStep {
  readonly out?: StoredText;
  readonly out64?: string;
  readonly err?: StoredText;
  readonly err64?: string;
  /** What was written to a process that was made interactive. */
  readonly in?: StoredText;
  readonly in64?: string;
  /** How many bytes that were, where what is stored is not what was written. */
  readonly bytes?: number;
  /** The input of an interactive process was closed. */
  readonly endOfInput?: true;
  /** It closed one of its outputs, and went on. */
  readonly closed?: 'out' | 'err';
  /** It was sent this signal by us. */
  readonly signal?: NodeJS.Signals;
  /** Milliseconds since the step before; only with `timing`. */
  readonly after?: number;
}

/** The error of the system that a start failed with. */
export interface StoredStartError {
  readonly code: string;
  /** What was wrong with the working directory, if that was it. */
  readonly directory?: string;
}

/** What a recorded call is found by. */
export interface StoredCall {
  /** Program and arguments, or a line for a shell. */
  readonly command: readonly string[] | string;
  /** Of a line: the shell, where it is not that of the system. */
  readonly shell?: string;
  /** Relative to the project, where it lies in it. */
  readonly cwd: string;
  /** The chosen variables. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * `sha256:…` of the whole standard input; `partial` where the program did not read all of it; `interactive` where it
   * is among the steps. Absent: there was none.
   */
  readonly input?: string;
  /** Streams that nobody read, so that nothing is known of them. */
  readonly unread?: readonly ('out' | 'err')[];
}

/** A recorded call and what came of it: a failed start, or steps and an exit. */
export interface StoredEntry extends StoredCall {
  readonly startError?: StoredStartError;
  readonly steps?: readonly StoredStep[];
  /** The exit code, or the name of the signal that ended it. */
  readonly exit?: number | NodeJS.Signals;
  /** A descendant held its output open after the exit. */
  readonly outputHeld?: true;
}
