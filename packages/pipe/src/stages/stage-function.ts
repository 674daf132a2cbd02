import type { Duplex } from 'node:stream';
import type { TransformStream } from 'node:stream/web';

/** One piece of what a stage hands on. */
export type StagePiece = string | number | boolean | Uint8Array;

/** What a stage's function is told besides its input. */
export interface StageContext {
  /**
   * Aborted when the pipeline ends before the function has. A function that takes it is waited for, up to 10 seconds:
   * what it runs by this signal, such as a pool, has ended when the pipeline has. Any other is left behind.
   */
  readonly signal: AbortSignal;
}

/**
 * What the function of an in-process stage receives: an async generator function gets everything, as something to
 * loop over with `for await`; any other function gets one piece per call. It is typed as both, so that neither has
 * to annotate its parameter.
 */
export type FunctionInput<Piece> = Piece & AsyncIterable<Piece>;

/** What a function hands on for one piece; `null` and `undefined` drop it. */
export type MappedPiece = StagePiece | null | undefined | Iterable<StagePiece | null | undefined>;

/**
 * The function of an in-process stage. Three kinds are told apart by how they are declared:
 *
 * - an **async generator function** gets the whole input as an async iterable; what it yields is handed on
 * - a function with a parameter **maps** one piece: it returns, or resolves to, one piece, several (any iterable; a
 *   plain generator function will do) or none
 * - a function **without parameters** makes a stream, anew for each run
 *
 * With lines as input, a string, number or boolean is a line: it gets a line end unless it has one. Bytes, and
 * everything where the input is bytes, are handed on as they are.
 */
export type StageFunction<Piece> = (
  input: FunctionInput<Piece>,
  context: StageContext,
) => MappedPiece | Promise<MappedPiece> | AsyncIterable<StagePiece> | Duplex | TransformStream;

/** How an in-process stage reads. */
export interface ThroughOptions {
  /** `lines` (default): strings without line ends (UTF-8; LF or CRLF). `bytes`: buffers of any length. */
  readonly input?: 'lines' | 'bytes';
}
