import type { Link } from '../links/link.js';
import { StreamReader, type ReaderTarget } from '../streams/stream-reader.js';
import type { StreamWriter } from '../streams/stream-writer.js';
import { entryOf, type Entry } from '../wire/entry.js';
import { hello, readRefused, readWelcome } from '../wire/greeting.js';
import { decodePackets } from '../wire/packets.js';
import type { Seal } from '../wire/seal.js';

/**
 * Introduces a client to a hub: writes the first entry, and reads what comes, for as long as the link lasts.
 *
 * @param begin - makes the link, once the hub has said how large a frame it takes
 */
export function greet(
  writer: StreamWriter,
  seal: Seal,
  target: Pick<ReaderTarget, 'connections' | 'key' | 'patience'>,
  begin: (maxFrame: number) => Link,
): { readonly reader: StreamReader; readonly welcome: Promise<void> } {
  const { key } = target;
  let link: Link | undefined;
  let accept = (): void => undefined;
  let refuse: (reason: Error) => void = () => undefined;
  const welcome = new Promise<void>((resolve, reject) => {
    accept = resolve;
    refuse = reject;
  });
  const read = (entry: Entry, isSealed: boolean): void => {
    if (link !== undefined) {
      if (isSealed) link.receive(entry);
      return;
    }
    for (const { kind, body } of decodePackets(entry.packets)) {
      // Who refuses may know no token that could be recognised.
      if (kind === 'refused') refuse(new Error(readRefused(body)));
      if (kind !== 'welcome' || !isSealed) continue;
      link = begin(readWelcome(body));
      accept();
    }
  };
  const reader = new StreamReader({
    ...target,
    onEntry: (fields) => {
      const found = entryOf(fields);
      if (found !== undefined) read(found.entry, seal.isOf(key, found.entry, found.mark));
    },
    onFailure: (cause) => {
      const reason = 'Redis can not be read';
      link?.lose(reason, cause);
      refuse(new Error(reason, { cause }));
    },
  });
  reader.start();
  writer.write(hello());
  return { reader, welcome };
}
