/** What is written to a stream at once. */
export interface Entry {
  /** Of whom, or for whom, it is. */
  readonly link: string;
  /** Counts the entries of a link in one direction, from 1: what comes twice is known by it, and what is missing. */
  readonly number: number;
  /** The last number of the other direction that has been read. */
  readonly acknowledged: number;
  /** Some packets, one after the other. */
  readonly packets: Buffer;
}

/** The fields of an entry, as `XADD` takes them. */
export function fieldsOf(entry: Entry, mark: Buffer): readonly (string | number | Buffer)[] {
  const { link, number, acknowledged, packets } = entry;
  return ['l', link, 'n', number, 'a', acknowledged, 'p', packets, 'h', mark];
}

/** What {@link fieldsOf} gave, as `XREAD` has it; `undefined` for what somebody else has written. */
export function entryOf(
  fields: readonly Buffer[],
): { readonly entry: Entry; readonly mark: Buffer } | undefined {
  const [, link, , number, , acknowledged, , packets, , mark] = fields;
  if (link === undefined || packets === undefined || mark === undefined) return undefined;
  const entry = {
    link: link.toString('utf8'),
    number: Number(number),
    acknowledged: Number(acknowledged),
    packets,
  };
  const { number: n, acknowledged: a } = entry;
  return Number.isSafeInteger(n) && Number.isSafeInteger(a) ? { entry, mark } : undefined;
}
