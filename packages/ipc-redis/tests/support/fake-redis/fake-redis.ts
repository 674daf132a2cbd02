import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientSession } from './client-session.js';
import { Store } from './store.js';

/**
 * A server that knows the commands which this package uses, and keeps all in memory: for the real client, over a real
 * socket. Whatever else it is asked is an error.
 */
export class FakeRedis {
  readonly path: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'fake-redis-'));
  readonly #sockets = new Set<Socket>();
  readonly #listeners = new Set<() => void>();
  #store = new Store();
  #server: Server | undefined;

  private constructor() {
    this.path = join(this.#directory, 'redis.sock');
  }

  static async start(): Promise<FakeRedis> {
    const redis = new FakeRedis();
    await redis.listen();
    return redis;
  }

  /** Connections that there are. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Breaks all connections; new ones can be made. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Takes connections again after {@link stop}. */
  async listen(): Promise<void> {
    const store = (): Store => this.#store;
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      new ClientSession(socket, {
        get store() {
          return store();
        },
        onChange: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
        changed: () => {
          for (const listener of [...this.#listeners]) listener();
        },
      });
    });
    this.#server = server;
    server.listen(this.path);
    await once(server, 'listening');
  }

  /** Takes no connections, and breaks those that there are; what it keeps, it keeps. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    this.cut();
    await closed;
  }

  /** As a server that is started anew, and had kept nothing. */
  forget(): void {
    this.#store = new Store();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
