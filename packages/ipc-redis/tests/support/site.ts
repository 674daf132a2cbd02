import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach } from '@jest/globals';
import { connectIpc, inProcessPorts, IpcHub, type Ipc } from '@proc/ipc';
import {
  connectIpcRedis,
  type ConnectRedisOptions,
  type IpcRedisListener,
  listenIpcRedis,
  type ListenRedisOptions,
} from '@proc/ipc-redis';
import { LineProgram } from './programs.js';
import { RecordingEvents } from './recording-events.js';
import type { RedisServer } from './redis-server.js';

/** How a test lets things be; by default with a lease of two seconds. */
type Given = Partial<ConnectRedisOptions & ListenRedisOptions>;

/** A server, hubs and clients of one test; all are ended after it. */
export class Site {
  readonly events = new RecordingEvents();
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor(readonly server: RedisServer) {
    this.#ends.push(() => server.close());
  }

  options(given: Given = {}): Given & { readonly redis: { readonly path: string } } {
    return { lease: 2000, ...given, redis: { path: this.server.path } };
  }

  /** A hub in this process. */
  async hub(given?: Given): Promise<{
    readonly hub: IpcHub;
    readonly ipc: Ipc;
    readonly listener: IpcRedisListener;
  }> {
    const hub = new IpcHub({ heartbeat: 50, events: () => this.events.dispatcher });
    const listener = await listenIpcRedis(hub, this.options(given));
    const [mine, its] = inProcessPorts();
    hub.connect(its, { name: 'test' });
    this.#ends.push(async () => {
      await listener.close();
      await hub.close();
    });
    return { hub, ipc: connectIpc(mine), listener };
  }

  /** A client in this process. */
  async client(given?: Given): Promise<Ipc> {
    const ipc = await connectIpcRedis(this.options(given));
    this.#ends.push(() => ipc.close());
    return ipc;
  }

  /** Where somebody listens, and never says anything. */
  async silence(): Promise<{ readonly redis: { readonly port: number } }> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#ends.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { redis: { port: (server.address() as AddressInfo).port } };
  }

  /** A program beside this file. */
  program(name: string, given?: Given): LineProgram {
    const program = new LineProgram(name, this.options(given));
    this.#ends.push(() => program.kill());
    return program;
  }

  /** Has something done after the test, before what was there before is ended. */
  atEnd(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  /** Ends everything, the last first. */
  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }
}

/** Gives each test a site of its own. */
export function sitesOn(start: () => Promise<RedisServer>): () => Promise<Site> {
  const sites: Site[] = [];
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.end();
  });
  return async () => {
    const site = new Site(await start());
    sites.push(site);
    return site;
  };
}
