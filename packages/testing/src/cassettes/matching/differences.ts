import type { CassetteMatch } from '../cassette-options.js';
import type { StoredEntry } from '../file/cassette-entry.js';
import type { Call } from './describe-call.js';

/** One thing in which a recorded call is not the one that was made. */
export interface Difference {
  readonly field: 'command' | 'shell' | 'cwd' | 'env' | 'input' | 'output';
  /** For people: what was recorded, and what was asked for. */
  readonly text: string;
}

/** How a recorded call differs from one that was made; what is not known yet of its input is no difference. */
export function differences(
  entry: StoredEntry,
  call: Call,
  match: CassetteMatch,
): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (field: Difference['field'], recorded: unknown, asked: unknown): void => {
    const [was, is] = [JSON.stringify(recorded), JSON.stringify(asked)];
    if (was !== is)
      found.push({ field, text: `${field}: recorded ${shown(was)}, asked for ${shown(is)}` });
  };
  compareCommands(entry, call, compare);
  compare('shell', entry.shell, call.shell);
  if (match.cwd !== 'ignore') compare('cwd', entry.cwd, call.cwd);
  compareVariables(entry, call, match, compare);
  if (kindOf(entry) !== call.kind && !(match.input === 'ignore' && isFed(entry, call))) {
    compare('input', kindOf(entry), call.kind);
  }
  const missing = (entry.unread ?? []).filter((type) => call.unread?.includes(type) !== true);
  if (missing.length > 0) {
    const streams = missing.map((type) => (type === 'out' ? 'stdout' : 'stderr')).join(' and ');
    found.push({ field: 'output', text: `output: ${streams} was not read when it was recorded` });
  }
  return found;
}

type Compare = (field: Difference['field'], recorded: unknown, asked: unknown) => void;

/** Word by word, so that the one word which differs is seen. */
function compareCommands(entry: StoredEntry, call: Call, compare: Compare): void {
  if (typeof entry.command === 'string' || typeof call.command === 'string') {
    compare('command', entry.command, call.command);
    return;
  }
  const [was, is] = [entry.command, call.command];
  const first = was.findIndex((word, index) => word !== is[index]);
  if (first < 0 && was.length === is.length) return;
  const from = first < 0 ? was.length : first;
  compare('command', was.slice(from), is.slice(from));
}

/** Only the chosen ones: a cassette may have been recorded with more. */
function compareVariables(
  entry: StoredEntry,
  call: Call,
  match: CassetteMatch,
  compare: Compare,
): void {
  for (const name of match.env ?? []) {
    const [was, is] = [entry.env?.[name], call.env?.[name]];
    if (was !== is) compare('env', { [name]: was ?? null }, { [name]: is ?? null });
  }
}

/** How the input of a recorded call was given. */
function kindOf({ input }: StoredEntry): Call['kind'] {
  if (input === undefined) return 'none';
  return input === 'interactive' ? 'interactive' : 'whole';
}

function isFed(entry: StoredEntry, call: Call): boolean {
  return kindOf(entry) !== 'interactive' && call.kind !== 'interactive';
}

function shown(json: string | undefined): string {
  if (json === undefined) return 'nothing';
  return json.length <= 200 ? json : `${json.slice(0, 200)}…`;
}
