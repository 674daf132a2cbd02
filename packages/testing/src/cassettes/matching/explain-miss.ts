import { similarity } from '../../matching/closest.js';
import type { CassetteMatch } from '../cassette-options.js';
import { CassetteMissError } from '../errors/cassette-miss-error.js';
import type { StoredEntry } from '../file/cassette-entry.js';
import { lineOf, type Call } from './describe-call.js';
import { differences } from './differences.js';

/** What an explanation goes by. */
export interface MissFacts {
  readonly path: string;
  readonly call: Call;
  /** `undefined`: there is no file. */
  readonly entries: readonly StoredEntry[] | undefined;
  readonly match: CassetteMatch;
  /** Of the whole input, where it is known. */
  readonly digest?: string | undefined;
  /** What happened instead, where a conversation took another course. */
  readonly course?: string | undefined;
}

/** The error of a call that is not in a cassette: with the nearest entry, and what is different. */
export function explainMiss(facts: MissFacts): CassetteMissError {
  const { path, call, entries, match, course } = facts;
  const command = lineOf(call);
  const about = { path, command };
  if (course !== undefined) {
    const why = 'what was written to it is not what was recorded.';
    return new CassetteMissError({ ...about, nearest: command, differences: [course], why });
  }
  if (entries === undefined || entries.length === 0) {
    const why = entries === undefined ? 'there is no such file.' : 'it is empty.';
    return new CassetteMissError({ ...about, nearest: undefined, differences: [], why });
  }
  const compared = entries.map((entry) => ({ entry, found: differencesOf(entry, facts) }));
  const equal = compared.filter(({ found }) => found.length === 0);
  if (equal.length > 0) {
    const why = `it was recorded ${times(equal.length)}, and has been asked for once more.`;
    return new CassetteMissError({ ...about, nearest: command, differences: [], why });
  }
  const score = ({ entry, found }: (typeof compared)[number]): number =>
    similarity(lineOf(entry), command) +
    Number(programOf(entry) === programOf(call)) -
    found.length;
  const [nearest] = [...compared].sort((a, b) => score(b) - score(a));
  return new CassetteMissError({
    ...about,
    nearest: nearest && lineOf(nearest.entry),
    differences: nearest?.found ?? [],
    why: `nothing that was recorded is the same${matchedBy(match)}.`,
  });
}

function differencesOf(entry: StoredEntry, { call, match, digest }: MissFacts): readonly string[] {
  const found = differences(entry, call, match).map(({ text }) => text);
  const isOther =
    digest !== undefined &&
    match.input !== 'ignore' &&
    entry.input !== digest &&
    entry.input !== 'partial';
  if (isOther && !found.some((text) => text.startsWith('input'))) {
    found.push(`input: recorded ${entry.input ?? 'nothing'}, asked for ${digest}`);
  }
  return found;
}

/** Of two calls that differ as much the one of the same program is nearer. */
function programOf({ command }: Pick<StoredEntry, 'command'>): string | undefined {
  return typeof command === 'string' ? command.split(' ')[0] : command[0];
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

function matchedBy({ env = [] }: CassetteMatch): string {
  return env.length === 0 ? '' : ` (the variables ${env.join(', ')} included)`;
}
