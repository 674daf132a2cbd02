import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ProcessResult, StreamName } from '@proc/core';
import type { KeptOutput, SecretTable } from '@proc/core/internal';
import type { JournalOutput } from './journal-record.js';

/** Bytes that go into the journal itself; more gets a file of its own. */
const INLINE = 32 * 1024;
const ENCODINGS: readonly BufferEncoding[] = ['utf8', 'latin1', 'utf16le'];

/** Writes down what a stream of a result holds, without its secrets. */
export function writeOutput(
  journal: string,
  name: string,
  result: ProcessResult,
  stream: StreamName,
  secrets: SecretTable,
): JournalOutput {
  const { bytes, encoding } = cleanBytes(result, stream, secrets);
  const size = bytes.length;
  const how = encoding === 'utf8' ? {} : { encoding };
  if (size > INLINE)
    return { bytes: size, file: writeFile(journal, `${name}-${stream}`, bytes), ...how };
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return { bytes: size, text, ...how };
  return { bytes: size, base64: bytes.toString('base64'), ...how };
}

/** Whether what was written down is still there. */
export function hasOutput(journal: string, { file }: JournalOutput): boolean {
  return file === undefined || existsSync(join(dirname(journal), file));
}

/** What was written down, as it was kept; read when it is asked for. */
export function restoredOutput(journal: string, output: JournalOutput): KeptOutput {
  const { text, base64, file, encoding = 'utf8' } = output;
  const path = file === undefined ? undefined : join(dirname(journal), file);
  const bytes = (): Buffer => {
    if (path !== undefined) return readFileSync(path);
    return base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
  };
  return {
    size: output.bytes,
    bytes,
    text: () => bytes().toString(encoding),
    stream: () => (path === undefined ? Readable.from([bytes()]) : createReadStream(path)),
    tail: (count, secrets) => secrets.redact(bytes().subarray(-count).toString(encoding)),
  };
}

function cleanBytes(
  result: ProcessResult,
  stream: StreamName,
  secrets: SecretTable,
): { readonly bytes: Buffer; readonly encoding: BufferEncoding } {
  const bytes = result.bytes(stream);
  const text = result[stream];
  const encoding = ENCODINGS.find((known) => bytes.toString(known) === text) ?? 'utf8';
  const clean = secrets.redact(text);
  return { bytes: clean === text ? bytes : Buffer.from(clean, encoding), encoding };
}

/** The name appears when the file is whole. */
function writeFile(journal: string, name: string, bytes: Buffer): string {
  const folder = `${basename(journal)}.output`;
  const file = join(folder, createHash('sha256').update(name).digest('hex').slice(0, 32));
  const path = join(dirname(journal), file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.part`, bytes, { mode: 0o600 });
  renameSync(`${path}.part`, path);
  return file;
}
