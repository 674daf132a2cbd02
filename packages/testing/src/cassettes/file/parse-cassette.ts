import { CassetteFormatError } from '../errors/cassette-format-error.js';
import type { StoredEntry } from './cassette-entry.js';
import { VERSION } from './format.js';
import { entryProblem, type Problem } from './entry-problem.js';

/**
 * The entries of a cassette.
 *
 * @throws {@link CassetteFormatError} that names the line or the field
 */
export function parseCassette(text: string, path: string): readonly StoredEntry[] {
  const fail = ({ place, problem }: Problem): never => {
    throw new CassetteFormatError(path, place, problem);
  };
  const content = parseJson(text, fail);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return fail({ place: 'line 1', problem: 'it is no object.' });
  }
  const { version, entries, ...others } = content as Readonly<Record<string, unknown>>;
  if (version !== VERSION) {
    const problem = `it is ${shown(version)}; this version of @proc/testing reads ${VERSION}.`;
    return fail({ place: 'version', problem });
  }
  if (!Array.isArray(entries)) return fail({ place: 'entries', problem: 'it is no list.' });
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) return fail({ place: stranger, problem: 'there is no such field.' });
  for (const [index, entry] of entries.entries()) {
    const found = entryProblem(entry, `entries[${index}]`);
    if (found !== undefined) return fail(found);
  }
  return entries as readonly StoredEntry[];
}

function parseJson(text: string, fail: (problem: Problem) => never): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { message } = error as Error;
    return fail({ place: `line ${lineOf(message, text)}`, problem: `${message}.` });
  }
}

/** V8 names a position; where it does not, the text has ended too early. */
function lineOf(message: string, text: string): number {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  const before = position === undefined ? text.trimEnd() : text.slice(0, Number(position));
  return before.split('\n').length;
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
