/** An item of a frame: a list that begins with its kind. */
export type Item = readonly unknown[];

/** Where a task has its arguments, which are a list of their own; nothing else has a list there. */
const ARGUMENTS = 3;
/** The engine copies long texts faster. */
const MOST_CHARACTERS = 1000;
/** What stands for `undefined`, which JSON does not have. Nothing that is plain is an object. */
const ABSENT = Object.freeze({});

/**
 * Whether items are made of nothing but texts, numbers and the like, down to the arguments of tasks. Then they are the
 * same once they have become JSON and back, which is several times as fast as a copy by the engine.
 */
export function arePlain(items: readonly Item[]): boolean {
  for (const item of items) {
    for (const part of item) {
      if (isPlain(part)) continue;
      if (part !== item[ARGUMENTS] || !Array.isArray(part) || !part.every(isPlain)) return false;
    }
  }
  return true;
}

/** Items that {@link arePlain}, as text. */
export function toText(items: readonly Item[]): string {
  // Not by a function that JSON asks about every value, which would cost more than all the rest.
  return JSON.stringify(items.some(hasAbsent) ? items.map((item) => item.map(orAbsent)) : items);
}

/** What {@link toText} made, as items. */
export function fromText(text: string): readonly Item[] {
  const items = JSON.parse(text) as readonly Item[];
  return text.includes('{}') ? items.map((item) => item.map(present)) : items;
}

function isPlain(part: unknown): boolean {
  switch (typeof part) {
    case 'number':
      // JSON has neither -0 nor what is not finite.
      return Number.isFinite(part) && (part !== 0 || 1 / part > 0);
    case 'string':
      return part.length <= MOST_CHARACTERS;
    case 'boolean':
    case 'undefined':
      return true;
    default:
      return part === null;
  }
}

function hasAbsent(list: readonly unknown[]): boolean {
  for (const part of list) {
    if (part === undefined || (Array.isArray(part) && part.includes(undefined))) return true;
  }
  return false;
}

function orAbsent(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(orAbsent);
  return part === undefined ? ABSENT : part;
}

function present(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(present);
  return typeof part === 'object' && part !== null ? undefined : part;
}
