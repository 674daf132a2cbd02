import { SlowReaderError, type FramePort } from '@proc/ipc';
import { LinkLostError } from '../errors/link-lost-error.js';
import { HELD_UP } from '../leases/local-lease.js';
import type { StreamWriter } from '../streams/stream-writer.js';
import type { Entry } from '../wire/entry.js';
import {
  decodePackets,
  decodeWords,
  encodePacket,
  encodeWords,
  type Packet,
} from '../wire/packets.js';
import { LinkPort, type PortCarrier } from './link-port.js';

/** What a link is made with. */
export interface LinkOptions {
  readonly writer: StreamWriter;
  /** How large a frame the other end takes. */
  readonly maxFrame: number;
  /** Whether this end may still act: what comes when it may not, and what is sent, is for nobody. */
  readonly mayAct: () => boolean;
  /** The other end begins a session. Default: it may not. */
  readonly accept?: ((port: FramePort, name: string | undefined) => void) | undefined;
  /** Octets that may wait here for the other end to read; default: without limit, as with any socket. */
  readonly mostBacklog?: number | undefined;
  readonly keepAlive?: ((alive: boolean) => void) | undefined;
  /** Called once, after all of its ports have been closed. */
  readonly onEnd: (ending: LinkEnding) => void;
}

/** Whether the other end has said good-bye, or why it has been cut off. */
export type LinkEnding = 'bye' | Error;

/** Sessions of one process with a hub, side by side on two streams. They end together, with its lease. */
export class Link implements PortCarrier {
  readonly maxFrame: number;
  readonly #options: LinkOptions;
  readonly #ports = new Map<number, LinkPort>();
  #lastSession = 0;
  #lastEntry: number;
  #over = false;

  /** @param lastEntry - number of the last entry that has come already */
  constructor(options: LinkOptions, lastEntry: number) {
    this.#options = options;
    this.maxFrame = options.maxFrame;
    this.#lastEntry = lastEntry;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Begins a session; its port is closed already when the link has ended. */
  open(name?: string): LinkPort {
    const session = ++this.#lastSession;
    const port = this.#add(session);
    if (this.#over) port.end();
    else this.carry('open', session, encodeWords({ name }));
    return port;
  }

  carry(kind: Packet['kind'], session = 0, body?: Buffer): void {
    if (this.#over) return;
    const { writer, mayAct, mostBacklog = Number.POSITIVE_INFINITY } = this.#options;
    if (!mayAct()) {
      this.lose(HELD_UP);
      return;
    }
    if (writer.backlog > mostBacklog) {
      const message = `It has been cut off: ${writer.backlog} bytes wait for it to be read.`;
      this.end(new SlowReaderError(message));
      return;
    }
    writer.write(encodePacket(kind, session, body));
  }

  forget(session: number): void {
    if (this.#ports.delete(session)) this.carry('close', session);
  }

  keepAlive(alive: boolean): void {
    this.#options.keepAlive?.(alive);
  }

  /** Takes an entry: what has come before is dropped, and where one is missing the link is lost. */
  receive({ number, acknowledged, packets }: Entry): void {
    if (this.#over || number <= this.#lastEntry) return;
    if (!this.#options.mayAct()) {
      this.lose(HELD_UP);
      return;
    }
    if (number !== this.#lastEntry + 1) {
      this.lose('messages have been lost in Redis');
      return;
    }
    this.#lastEntry = number;
    const { writer } = this.#options;
    writer.release(acknowledged);
    writer.acknowledge(number, packets.length);
    try {
      for (const packet of decodePackets(packets)) this.#take(packet);
    } catch (cause) {
      this.lose('what came can not be read', cause);
    }
  }

  lose(reason: string, cause?: unknown): void {
    this.end(new LinkLostError(`A connection over Redis is lost: ${reason}.`, { cause }));
  }

  /** Ends all of its sessions. Idempotent. */
  end(ending: LinkEnding): void {
    if (this.#over) return;
    this.#over = true;
    const reason = ending === 'bye' ? undefined : ending;
    for (const port of [...this.#ports.values()]) port.end(reason);
    this.#ports.clear();
    this.#options.onEnd(ending);
  }

  #take({ kind, session, body }: Packet): void {
    if (kind === 'bye') this.end('bye');
    if (kind === 'open') this.#accept(session, body);
    const port = this.#ports.get(session);
    if (kind === 'frame') port?.receive(body);
    if (kind !== 'close') return;
    this.#ports.delete(session);
    port?.end();
  }

  #accept(session: number, body: Buffer): void {
    const { accept } = this.#options;
    if (accept === undefined || this.#ports.has(session)) return;
    const { name } = decodeWords(body);
    accept(this.#add(session), typeof name === 'string' ? name : undefined);
  }

  #add(session: number): LinkPort {
    const port = new LinkPort(session, this);
    this.#ports.set(session, port);
    return port;
  }
}
