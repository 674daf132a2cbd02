import { describe, expect, it } from '@jest/globals';
import { LocalLease } from '../../../src/leases/local-lease.js';
import { Link, type LinkEnding, type LinkOptions } from '../../../src/links/link.js';
import type { StreamWriter } from '../../../src/streams/stream-writer.js';
import { encodePacket, encodeWords } from '../../../src/wire/packets.js';

/** A writer that keeps what it is given. */
class KeepingWriter {
  readonly written: Buffer[] = [];
  backlog = 0;

  write(packet: Buffer): void {
    this.written.push(packet);
  }

  release(): void {}

  acknowledge(): void {}
}

function linkWith(options: Partial<LinkOptions> = {}): {
  readonly link: Link;
  readonly writer: KeepingWriter;
  readonly endings: LinkEnding[];
} {
  const [writer, endings] = [new KeepingWriter(), [] as LinkEnding[]];
  const link = new Link(
    {
      writer: writer as unknown as StreamWriter,
      maxFrame: 1000,
      mayAct: () => true,
      onEnd: (ending) => endings.push(ending),
      ...options,
    },
    0,
  );
  return { link, writer, endings };
}

const entry = (number: number, packets: Buffer): Parameters<Link['receive']>[0] => ({
  link: 'l',
  number,
  acknowledged: 0,
  packets,
});

describe('A link', () => {
  it('drops what comes twice, and is lost where something is missing', () => {
    const opened: unknown[] = [];
    const { link, endings } = linkWith({ accept: (_port, name) => opened.push(name) });
    const open = (session: number): Buffer =>
      encodePacket('open', session, encodeWords({ name: `session ${session}` }));
    link.receive(entry(1, open(1)));
    link.receive(entry(1, open(2)));
    expect([opened, endings]).toEqual([['session 1'], []]);

    link.receive(entry(3, open(3)));

    expect(opened).toEqual(['session 1']);
    expect(endings).toMatchObject([{ code: 'ERR_PROC_IPC_LINK_LOST' }]);
  });

  it.each([
    ['sends', (link: Link) => link.open('late').send({ k: 'ping' })],
    ['takes', (link: Link) => link.receive(entry(1, encodePacket('bye')))],
  ])('%s nothing once its lease has ended', (_, act) => {
    let ended = false;
    const { link, writer, endings } = linkWith({ mayAct: () => !ended });
    const port = link.open('early');
    const closed: unknown[] = [];
    port.onClose((reason) => closed.push(reason));
    const before = writer.written.length;
    ended = true;

    act(link);

    expect(writer.written).toHaveLength(before);
    expect(endings).toMatchObject([{ code: 'ERR_PROC_IPC_LINK_LOST' }]);
    expect(closed).toEqual(endings);
    expect(link.isOver).toBe(true);
  });

  it('cuts off who does not read, and says so', () => {
    const { link, writer, endings } = linkWith({ mostBacklog: 100 });
    writer.backlog = 101;

    link.open();

    expect(endings).toMatchObject([{ code: 'ERR_PROC_IPC_SLOW_READER' }]);
  });

  it('is lost when what comes is nothing that can be read', () => {
    const { link, endings } = linkWith();
    link.open();

    link.receive(entry(1, encodePacket('frame', 1, Buffer.from('nonsense'))));

    expect(endings).toMatchObject([{ code: 'ERR_PROC_IPC_LINK_LOST' }]);
  });

  it('lets a hub begin no sessions', () => {
    const { link, endings } = linkWith();

    link.receive(entry(1, encodePacket('open', 1, encodeWords({}))));

    expect(endings).toEqual([]);
  });
});

describe('A lease', () => {
  it('is over when its time has passed, whether or not a timer has said so', () => {
    const lease = new LocalLease(() => undefined);
    expect(lease.isOver).toBe(false);
    lease.extend(performance.now(), 10_000);
    expect(lease.isOver).toBe(false);

    // Asked for so long ago that the answer has come too late.
    lease.extend(performance.now() - 96, 100);

    expect(lease.isOver).toBe(true);
    lease.stop();
  });
});
