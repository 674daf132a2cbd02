import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Secret } from '../redaction/secret.js';
import type { RunningProcess } from './running-process.js';

/** One piece of input. */
export type InputPiece = string | number | boolean | Uint8Array | Secret;

/**
 * Where the standard input comes from: a value, a stream, something to iterate over, a `file:` URL, or the standard
 * output of a running process. Only `null` and `undefined` mean none; `''`, `0` and `false` are input.
 *
 * Read only as fast as the program reads. A source that fails ends the process with an `InputSourceError`.
 */
export type InputSource =
  | InputPiece
  | ArrayBuffer
  | ArrayBufferView
  | Readable
  | ReadableStream
  | Iterable<InputPiece>
  | AsyncIterable<InputPiece>
  | URL
  | RunningProcess
  | null;
