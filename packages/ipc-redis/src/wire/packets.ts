/** What one end says to the other, in the order of the numbers that stand for it. */
const KINDS = ['hello', 'welcome', 'refused', 'open', 'frame', 'close', 'bye'] as const;

/** Octets before the body of each packet: its kind, its session, its length. */
const HEADER = 9;

/** Something for one session, or (session 0) for the link as a whole. */
export interface Packet {
  readonly kind: (typeof KINDS)[number];
  readonly session: number;
  readonly body: Buffer;
}

const NOTHING = Buffer.alloc(0);

export function encodePacket(kind: Packet['kind'], session = 0, body: Buffer = NOTHING): Buffer {
  const header = Buffer.allocUnsafe(HEADER);
  header.writeUInt8(KINDS.indexOf(kind));
  header.writeUInt32BE(session, 1);
  header.writeUInt32BE(body.length, 5);
  return Buffer.concat([header, body]);
}

/** @throws RangeError for what {@link encodePacket} has not written */
export function* decodePackets(octets: Buffer): Iterable<Packet> {
  for (let at = 0; at < octets.length;) {
    const kind = KINDS[octets.readUInt8(at)];
    const session = octets.readUInt32BE(at + 1);
    const start = at + HEADER;
    at = start + octets.readUInt32BE(at + 5);
    if (kind === undefined || at > octets.length) throw new RangeError('It is no packet.');
    yield { kind, session, body: octets.subarray(start, at) };
  }
}

/** A body of few words, such as that of a greeting. */
export function encodeWords(words: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(JSON.stringify(words));
}

/** What {@link encodeWords} was given; nothing of what is no such body. */
export function decodeWords(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const words: unknown = JSON.parse(body.toString('utf8'));
    return typeof words === 'object' && words !== null ? { ...words } : {};
  } catch {
    return {};
  }
}
