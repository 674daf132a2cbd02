import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ProcessResult, StreamName } from '@proc/core';
import type { KeptOutput, SecretTable } from '@proc/core/internal';
import type { JournalOutput } from './journal-record.js';
import { syncFolder } from './sync-folder.js';

/** Bytes that go into the journal itself; more gets a file of its own. */
const INLINE = 32 * 1024;
const ENCODINGS: readonly BufferEncoding[] = ['utf8', 'latin1', 'utf16le'];

/** What is to be written down of an output, and where. */
export interface OutputToWrite {
  readonly journal: string;
  /** Names the entry in this run. */
  readonly name: string;
  readonly result: ProcessResult;
  readonly stream: StreamName;
  readonly secrets: SecretTable;
  /** Whether it has to survive the machine. */
  readonly durable: boolean;
}

/** Writes down what a stream of a result holds, without its secrets. */
export async function writeOutput(output: OutputToWrite): Promise<JournalOutput> {
  const { bytes, encoding } = cleanBytes(output);
  const size = bytes.length;
  const how = encoding === 'utf8' ? {} : { encoding };
  if (size > INLINE) return { bytes: size, file: await writeFile(output, bytes), ...how };
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return { bytes: size, text, ...how };
  return { bytes: size, base64: bytes.toString('base64'), ...how };
}

/** Whether what was written down is still there as a whole. */
export function hasOutput(journal: string, { file, bytes }: JournalOutput): boolean {
  if (file === undefined) return true;
  return statSync(join(dirname(journal), file), { throwIfNoEntry: false })?.size === bytes;
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

function cleanBytes({ result, stream, secrets }: OutputToWrite): {
  readonly bytes: Buffer;
  readonly encoding: BufferEncoding;
} {
  const bytes = result.bytes(stream);
  const text = result[stream];
  const encoding = ENCODINGS.find((known) => bytes.toString(known) === text) ?? 'utf8';
  const clean = secrets.redact(text);
  return { bytes: clean === text ? bytes : Buffer.from(clean, encoding), encoding };
}

/** The name appears when the file is whole. */
async function writeFile(output: OutputToWrite, bytes: Buffer): Promise<string> {
  const { journal, name, stream, durable } = output;
  const folder = `${basename(journal)}.output`;
  const hash = createHash('sha256').update(`${name}-${stream}`).digest('hex').slice(0, 32);
  const file = join(folder, hash);
  const path = join(dirname(journal), file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(`${path}.part`, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    if (durable) await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.part`, path);
  if (durable) syncFolder(dirname(path));
  return file;
}
