import { constants } from 'node:os';

/** What is wrong with a cassette, and where. */
export interface Problem {
  readonly place: string;
  readonly problem: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'it is no string.');
const texts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? undefined
    : 'it is no list of strings.';
const textOrTexts: Check = (value) =>
  text(value) === undefined || texts(value) === undefined
    ? undefined
    : 'it is neither a string nor a list of strings.';
const number: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? undefined
    : 'it is no number from 0 on.';
const yes: Check = (value) => (value === true ? undefined : 'it can only be true.');
const signal: Check = (value) =>
  typeof value === 'string' && Object.hasOwn(constants.signals, value)
    ? undefined
    : 'it is no signal of this system.';
const exit: Check = (value) =>
  Number.isInteger(value) || signal(value) === undefined
    ? undefined
    : 'it is neither an exit code nor a signal.';
const base64: Check = (value) =>
  typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value
    ? undefined
    : 'it is no base64.';
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? undefined : `it is none of ${values.join(', ')}.`;
const strings: Check = (value) =>
  isObject(value) && Object.values(value).every((each) => typeof each === 'string')
    ? undefined
    : 'it is no object of strings.';
const input: Check = (value) =>
  typeof value === 'string' && /^(?:sha256:[0-9a-f]{64}|partial|interactive)$/.test(value)
    ? undefined
    : 'it is neither sha256:…, partial nor interactive.';
const unread: Check = (value) =>
  Array.isArray(value) && value.every((each) => oneOf(['out', 'err'])(each) === undefined)
    ? undefined
    : 'it is no list of out and err.';
const startError: Check = (value) =>
  isObject(value) &&
  typeof value['code'] === 'string' &&
  (value['directory'] === undefined || typeof value['directory'] === 'string')
    ? undefined
    : 'it is no object with a code.';
const list: Check = (value) => (Array.isArray(value) ? undefined : 'it is no list.');

const ENTRY: Readonly<Record<string, Check>> = {
  command: textOrTexts,
  shell: text,
  cwd: text,
  env: strings,
  input,
  unread,
  startError,
  steps: list,
  exit,
  outputHeld: yes,
};

/** Fields of which a step has one at most. */
const EVENTS: Readonly<Record<string, Check>> = {
  out: textOrTexts,
  out64: base64,
  err: textOrTexts,
  err64: base64,
  in: textOrTexts,
  in64: base64,
  endOfInput: yes,
  closed: oneOf(['out', 'err']),
  signal,
};

const STEP: Readonly<Record<string, Check>> = { ...EVENTS, bytes: number, after: number };

/** The first thing that is wrong with an entry. */
export function entryProblem(entry: unknown, place: string): Problem | undefined {
  const found = fieldProblem(entry, ENTRY, place);
  if (found !== undefined) return found;
  const { command, cwd, startError: failed, steps, exit: exited } = entry as Fields;
  const missing = (name: string): Problem => ({
    place: `${place}.${name}`,
    problem: 'it is missing.',
  });
  if (command === undefined) return missing('command');
  if (Array.isArray(command) && command.length === 0) {
    return { place: `${place}.command`, problem: 'it is empty.' };
  }
  if (cwd === undefined) return missing('cwd');
  if (failed !== undefined) return undefined;
  if (steps === undefined) return missing('steps');
  if (exited === undefined) return missing('exit');
  for (const [index, step] of (steps as readonly unknown[]).entries()) {
    const wrong = stepProblem(step, `${place}.steps[${index}]`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function stepProblem(step: unknown, place: string): Problem | undefined {
  const found = fieldProblem(step, STEP, place);
  if (found !== undefined) return found;
  const events = Object.keys(step as object).filter((name) => Object.hasOwn(EVENTS, name));
  if (events.length > 1) return { place, problem: `it says ${events.join(' and ')} at once.` };
  if (events.length === 0 && (step as Fields)['after'] === undefined) {
    return { place, problem: 'it says nothing.' };
  }
  return undefined;
}

function fieldProblem(
  value: unknown,
  checks: Readonly<Record<string, Check>>,
  place: string,
): Problem | undefined {
  if (!isObject(value)) return { place, problem: 'it is no object.' };
  for (const [name, field] of Object.entries(value)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    const problem = check === undefined ? 'there is no such field.' : check(field);
    if (problem !== undefined) return { place: `${place}.${name}`, problem };
  }
  return undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
