/** Which stream a piece of output came from. */
export type OutputType = 'out' | 'err';

/**
 * Receives output while a process runs: decoded text in chunks of arbitrary length (not lines), in order of
 * arrival, one call at a time.
 *
 * A returned promise applies back-pressure: the program is not read from until it settles. A throw or a
 * rejection ends the process; the run then rejects with an `OutputCallbackError` that has it as `cause`.
 *
 * @param key - the entry's key in a pool or pipeline, else `undefined`
 */
export type OutputCallback = (
  type: OutputType,
  chunk: string,
  key?: string | number,
) => void | Promise<void>;
