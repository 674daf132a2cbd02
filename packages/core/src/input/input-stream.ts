import { createReadStream, openSync } from 'node:fs';
import { Readable, Transform, pipeline } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import type { InputPiece, InputSource } from '../contracts/input-source.js';
import type { InputKind } from '../contracts/process-spec.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import { LOST_SECRET } from '../command/unpassable.js';
import { hasCoercedSecret } from '../redaction/coerced-secret.js';
import { isSecret } from '../redaction/secret.js';
import { SecretTable } from '../redaction/secret-table.js';
import { isRunningProcess } from '../process/running-process-brand.js';
import { bytesIn } from './bytes-in.js';

/**
 * The kind of an input source.
 *
 * @throws {@link InvalidArgumentError} for anything that can not be input
 */
export function inputKind(source: unknown): InputKind {
  if (source === null || source === undefined) return 'none';
  if (typeof source === 'string') requireWhole(source);
  if (typeof source === 'string' || typeof source === 'number' || typeof source === 'boolean') {
    return 'text';
  }
  const kind = typeof source === 'object' ? probe(() => kindOfObject(source)) : undefined;
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(
    'The input must be a string, number, boolean, bytes, a readable stream, something iterable, a file URL or a ' +
      `running process; got ${described(source)}.`,
  );
}

function described(source: unknown): string {
  if (typeof source !== 'object') return typeof source;
  const name = probe(() => source?.constructor.name);
  return typeof name === 'string' && name !== 'Object'
    ? `an instance of ${name}`
    : 'a plain object';
}

function kindOfObject(source: object): InputKind | undefined {
  if (isSecret(source)) return 'text';
  if (bytesIn(source) !== undefined) return 'bytes';
  if (isUrl(source)) return 'file';
  if (isRunningProcess(source)) return 'process';
  if (isNodeStream(source) || isWebStream(source)) return 'stream';
  return isIterable(source) ? 'iterable' : undefined;
}

/**
 * The source as a stream of bytes.
 *
 * @param secrets - takes note of the secrets in it
 * @throws the system's error when a file can not be opened
 */
export function inputStream(
  source: Exclude<InputSource, null>,
  secrets: SecretTable = new SecretTable(),
): Readable {
  if (isSecret(source)) return Readable.from([toBytes(source, secrets)], { objectMode: false });
  if (typeof source === 'object') {
    if (isUrl(source)) {
      const path = fileURLToPath(source);
      return createReadStream(path, { fd: openSync(path, 'r') });
    }
    if (isRunningProcess(source)) {
      // It may print what it was given.
      if (source.replaySecrets !== undefined) secrets.include(source.replaySecrets);
      return source.replayOutput();
    }
    if (isNodeStream(source)) return source.readableObjectMode ? bytesOf(source, secrets) : source;
    if (isWebStream(source)) return Readable.fromWeb(source);
    if (bytesIn(source) === undefined) {
      return Readable.from(pieces(source as AsyncIterable<InputPiece>, secrets), {
        objectMode: false,
      });
    }
  }
  return Readable.from([toBytes(source, secrets)], { objectMode: false });
}

async function* pieces(
  source: Iterable<InputPiece> | AsyncIterable<InputPiece>,
  secrets: SecretTable,
): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    const bytes = toBytes(piece, secrets);
    if (bytes.length > 0) yield bytes;
  }
}

/** A stream of values as one of bytes: a value that is none must end the run, not this process. */
function bytesOf(source: Readable, secrets: SecretTable): Readable {
  const bytes = new Transform({
    writableObjectMode: true,
    transform(piece, _, done) {
      try {
        done(null, toBytes(piece, secrets));
      } catch (error) {
        done(error as Error);
      }
    },
  });
  return pipeline(source, bytes, () => undefined);
}

function toBytes(piece: unknown, secrets: SecretTable): Uint8Array {
  if (isSecret(piece)) {
    secrets.hide(piece);
    return Buffer.from(piece.reveal());
  }
  const bytes = bytesIn(piece);
  if (bytes !== undefined) return bytes;
  if (typeof piece === 'string' || typeof piece === 'number' || typeof piece === 'boolean') {
    return Buffer.from(requireWhole(String(piece)));
  }
  throw new InvalidArgumentError(
    `Input consists of strings, numbers, booleans and bytes, not ${piece === null ? 'null' : typeof piece}.`,
  );
}

/** @throws {@link InvalidArgumentError} for a text in which the value of a secret is missing */
export function requireWhole(text: string): string {
  if (!hasCoercedSecret(text)) return text;
  throw new InvalidArgumentError(`Input can not contain ${LOST_SECRET}.`);
}

function isUrl(source: object): source is URL {
  return source instanceof URL;
}

function isIterable(source: {
  readonly [Symbol.iterator]?: unknown;
  readonly [Symbol.asyncIterator]?: unknown;
}): boolean {
  const methods = [source[Symbol.iterator], source[Symbol.asyncIterator]];
  return methods.some((method) => typeof method === 'function');
}

function isNodeStream(source: object): source is Readable {
  const methods = ['pipe', 'unpipe', 'read', 'on', 'once', 'destroy'] as const;
  return methods.every((name) => typeof (source as Readable)[name] === 'function');
}

function isWebStream(source: object): source is ReadableStream {
  return 'getReader' in source && typeof source.getReader === 'function';
}
