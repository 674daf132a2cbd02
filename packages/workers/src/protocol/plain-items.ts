/** An item of a frame: a list that begins with its kind. */
export type Item = readonly unknown[];

/** The engine copies long texts faster. */
const MOST_CHARACTERS = 1000;
/** What stands for `undefined`, which JSON does not have. Nothing that is plain is an object. */
const ABSENT = Object.freeze({});

/**
 * Items as text, if they are made of nothing but texts, numbers and the like. Then they are the same once they have
 * become JSON and back, which is several times as fast as a copy by the engine.
 */
export function toText(items: readonly Item[]): string | undefined {
  let isWhole = true;
  for (const item of items) {
    const found = plainnessOf(item);
    if (found === Plainness.none) return undefined;
    if (found === Plainness.lacking) isWhole = false;
  }
  // Not by a function that JSON asks about every value, which would cost more than all the rest.
  return JSON.stringify(isWhole ? items : items.map((item) => item.map(orAbsent)));
}

/** What {@link toText} made, as items. */
export function fromText(text: string): readonly Item[] {
  const items = JSON.parse(text) as readonly Item[];
  return text.includes('{}') ? items.map((item) => item.map(present)) : items;
}

/** `lacking`: plain, but for an `undefined` somewhere. */
const Plainness = { none: 0, lacking: 1, whole: 2 } as const;
type Plainness = (typeof Plainness)[keyof typeof Plainness];

function plainnessOf(item: Item): Plainness {
  let found: Plainness = Plainness.whole;
  for (const part of item) {
    const plainness = plainnessOfPart(part);
    if (plainness < found) found = plainness;
    if (found === Plainness.none) break;
  }
  return found;
}

function plainnessOfPart(part: unknown): Plainness {
  switch (typeof part) {
    case 'number':
      // JSON has neither -0 nor what is not finite.
      return Number.isFinite(part) && !Object.is(part, -0) ? Plainness.whole : Plainness.none;
    case 'string':
      return part.length <= MOST_CHARACTERS ? Plainness.whole : Plainness.none;
    case 'boolean':
      return Plainness.whole;
    case 'undefined':
      return Plainness.lacking;
    default:
      return part === null ? Plainness.whole : Plainness.none;
  }
}

function orAbsent(part: unknown): unknown {
  return part === undefined ? ABSENT : part;
}

function present(part: unknown): unknown {
  return typeof part === 'object' && part !== null ? undefined : part;
}
