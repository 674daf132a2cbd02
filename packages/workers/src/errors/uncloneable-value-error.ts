import { types } from 'node:util';
import { ProcError } from '@proc/core/essentials';
import { showValue } from '@proc/core/essentials';
import type { Crossing } from '../functions/transfer.js';
import { tryCopy } from '../protocol/try-copy.js';

/** How many levels down a culprit is looked for; the stack does not bear any number of them. */
const DEEPEST = 100;

/** What a value was meant to be. */
export type ValueRole = 'argument' | 'result' | 'with' | 'message' | 'setupData';

/** A value can't be copied to or from a worker. Only its task fails. */
export class UncloneableValueError extends ProcError {
  readonly code = 'ERR_PROC_UNCLONEABLE_VALUE';

  constructor(
    /** Which value it is, like `argument[0].rows[3].done`. */
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Finds out which part of a value could not be copied, after copying it has failed. */
export function uncloneableError(
  role: ValueRole,
  value: unknown,
  crossing: Crossing,
  cause?: unknown,
): UncloneableValueError {
  const whole = { path: role, part: value };
  const isTooDeep = types.isNativeError(cause) && cause.message.includes('call stack');
  const { path, part } =
    findCulprit(whole, crossing, { seen: new Set(), levels: isTooDeep ? 1 : DEEPEST }) ?? whole;
  const way = isTooDeep ? 'It is nested too deeply.' : advice(role, part, crossing);
  const cannot = role === 'result' ? 'A worker can not send back' : 'A worker can not be sent';
  return new UncloneableValueError(path, `${cannot} ${path}, which is ${described(part)}. ${way}`, {
    cause,
  });
}

/** @throws {@link UncloneableValueError} for a value that can't be copied to a worker */
export function requireCloneable(role: ValueRole, value: unknown, crossing: Crossing): void {
  try {
    tryCopy(value, crossing);
  } catch (cause) {
    throw uncloneableError(role, value, crossing, cause);
  }
}

/** In the place of a part whose getter throws; can't be copied either. */
const UNREADABLE = Symbol('unreadable');

interface Culprit {
  readonly path: string;
  readonly part: unknown;
}

interface Search {
  readonly seen: Set<unknown>;
  /** How many more to go down. */
  readonly levels: number;
}

/** The innermost part that can't be copied, as far as it is looked for. */
function findCulprit(
  suspect: Culprit,
  crossing: Crossing,
  { seen, levels }: Search,
): Culprit | undefined {
  const { path, part: value } = suspect;
  if (seen.has(value) || isCloneable(value, crossing)) return undefined;
  if (levels === 0) return suspect;
  seen.add(value);
  for (const [key, part] of partsOf(value)) {
    const search = { seen, levels: levels - 1 };
    const found = findCulprit({ path: `${path}${key}`, part }, crossing, search);
    if (found !== undefined) return found;
  }
  return suspect;
}

function partsOf(value: unknown): readonly (readonly [key: string, part: unknown])[] {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return [];
  // Its numbers are not what is wrong with it, and may be many.
  if (ArrayBuffer.isView(value)) return [];
  if (value instanceof Map) {
    return [...value].flatMap(([key, part]) => [
      ['.keys()', key] as const,
      [`.get(${showValue(key)})`, part] as const,
    ]);
  }
  if (value instanceof Set) return [...value].map((part, index) => [`.values()[${index}]`, part]);
  return Object.keys(value).map((key) => [keyText(value, key), read(value, key)]);
}

function read(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key) as unknown;
  } catch {
    return UNREADABLE;
  }
}

function keyText(value: object, key: string): string {
  if (Array.isArray(value) && /^\d+$/.test(key)) return `[${key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
    ? `.${key}`
    : `[${JSON.stringify(key)}]`;
}

/** Whether a value can be copied to or from a worker. */
export function isCloneable(value: unknown, crossing: Crossing): boolean {
  try {
    tryCopy(value, crossing);
    return true;
  } catch {
    return false;
  }
}

function isSharedMemory(part: unknown): boolean {
  return types.isSharedArrayBuffer(ArrayBuffer.isView(part) ? part.buffer : part);
}

function described(part: unknown): string {
  if (typeof part === 'function')
    return part.name === '' ? 'a function' : `the function ${part.name}`;
  if (part === UNREADABLE) return 'a property that can not be read';
  if (typeof part === 'symbol') return `the symbol ${String(part)}`;
  if (part instanceof Promise) return 'a promise';
  if (isSharedMemory(part)) return 'shared memory';
  return showValue(part);
}

function advice(role: ValueRole, part: unknown, crossing: Crossing): string {
  if (part instanceof Promise) return 'Await it first.';
  if (isSharedMemory(part) && crossing === 'process') {
    return 'Processes share no memory: use threads, or send a copy.';
  }
  if (typeof part === 'function' && role === 'argument') {
    return 'Functions travel in `with`, or are named by task().';
  }
  if (typeof part === 'function' && role === 'with') {
    return "Functions travel in `with` by themselves, not within objects; a module is loaded in the task: await import('…').";
  }
  return role === 'result' ? 'Return plain data instead.' : 'Send plain data instead.';
}
