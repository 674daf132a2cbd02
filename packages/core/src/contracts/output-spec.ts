import type { Size } from './size.js';

/**
 * What is kept of a stream.
 *
 * - `spill` (default): everything; above `limit` bytes it moves from memory to an unlinked temporary file
 * - `head` / `tail` / `headTail`: the first, last, or first and last `limit` bytes; the program is not disturbed
 * - `fail`: everything up to `limit` bytes; the byte after that ends the process with an `OutputLimitError`
 * - `discard`: nothing
 */
export type RetentionPolicy = 'spill' | 'head' | 'tail' | 'headTail' | 'fail' | 'discard';

/** Retention of one stream, resolved. */
export interface RetentionSpec {
  readonly policy: RetentionPolicy;
  /** Bytes. */
  readonly limit: number;
  /** A file that receives every byte of the stream. */
  readonly file: { readonly path: string; readonly append: boolean } | null;
}

/** Retention of one stream, as given to `output()`. */
export interface RetentionOptions {
  /** What is kept; default: that of the configuration, else `spill`. */
  readonly policy?: RetentionPolicy;
  /** Bytes, or a size such as `'16MB'`; default: that of the configuration, else 1 MiB. */
  readonly limit?: Size;
  /** Every byte also goes to this file, which is truncated first unless `append` is set. */
  readonly file?: string | URL;
  /** Adds to `file` instead of emptying it first. */
  readonly append?: boolean;
  /** Every byte also goes to this stream, with back-pressure; it is not ended. */
  readonly tee?: NodeJS.WritableStream;
}

/** Retention per stream; a bare policy name stands for `{ policy }`. */
export interface OutputOptions {
  /** Of standard output. */
  readonly stdout?: RetentionPolicy | RetentionOptions;
  /** Of standard error. */
  readonly stderr?: RetentionPolicy | RetentionOptions;
}
