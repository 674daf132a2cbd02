import { readFileSync, statSync } from 'node:fs';
import { pathText } from '@proc/core/internal';
import { JournalError } from '../errors/journal-error.js';
import { JOURNAL_VERSION, type JournalRecord } from './journal-record.js';

const LINE_END = 0x0a;
const TYPES: readonly unknown[] = ['run', 'started', 'ended'];

/** A journal as it is on disk. */
export interface JournalContent {
  readonly records: readonly JournalRecord[];
  /** Bytes of the whole lines: what comes after them was torn by a crash. */
  readonly wholeBytes: number;
}

/**
 * The records of a journal, in the order they were written. A last line that a crash has torn is left out.
 *
 * @throws {@link JournalError} when it can not be read, and with the line where it is damaged
 * @throws {@link InvalidArgumentError} for what is no path
 */
export function readJournal(path: string | URL): readonly JournalRecord[] {
  return readJournalContent(pathText(path, 'The journal')).records;
}

/** As {@link readJournal}; no file is an empty journal where that is said. */
export function readJournalContent(
  path: string,
  { missing = 'refuse' }: { readonly missing?: 'refuse' | 'empty' } = {},
): JournalContent {
  const bytes = bytesOf(path, missing);
  const records: JournalRecord[] = [];
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const lineEnd = bytes.indexOf(LINE_END, start);
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    const record = parse(bytes.toString('utf8', start, end));
    const isLast = end + 1 >= bytes.length;
    if (record === undefined) {
      if (isLast) break;
      throw new JournalError(
        `The journal ${path} is damaged: line ${line} is no record.`,
        path,
        line,
      );
    }
    if (lineEnd === -1) break;
    requireVersion(record, path, line);
    records.push(record);
    start = end + 1;
  }
  return { records, wholeBytes: start };
}

function bytesOf(path: string, missing: 'refuse' | 'empty'): Buffer {
  try {
    // A FIFO would be waited for, and a device may have no end.
    if (statSync(path).isFile()) return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (missing === 'empty' && code === 'ENOENT') return Buffer.alloc(0);
    throw new JournalError(
      `The journal ${path} can not be read: ${code ?? String(cause)}.`,
      path,
      null,
      cause,
    );
  }
  throw new JournalError(`The journal ${path} is no regular file.`, path);
}

function parse(line: string): JournalRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isRecord =
      typeof value === 'object' && value !== null && 'type' in value && TYPES.includes(value.type);
    return isRecord ? (value as JournalRecord) : undefined;
  } catch {
    return undefined;
  }
}

function requireVersion(record: JournalRecord, path: string, line: number): void {
  if (record.type === 'run' ? record.version === JOURNAL_VERSION : line > 1) return;
  throw new JournalError(
    `The journal ${path} is of another version, or no journal of a pool (line ${line}).`,
    path,
    line,
  );
}
