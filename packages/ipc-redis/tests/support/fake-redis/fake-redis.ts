import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisServer } from '../redis-server.js';
import { ClientSession } from './client-session.js';
import { Store } from './store.js';

/**
 * A server that knows the commands which this package uses, and keeps all in memory: for the real client, over a real
 * socket. Whatever else it is asked is an error.
 */
export class FakeRedis implements RedisServer {
  readonly path: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'fake-redis-'));
  readonly #sockets = new Map<Socket, ClientSession>();
  readonly #listeners = new Set<() => void>();
  readonly #unanswered: string[] = [];
  readonly #refusals = new Map<string, () => string>();
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

  async cut(): Promise<void> {
    this.#cut();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.listen();
  }

  async forget(): Promise<void> {
    this.#store = new Store();
  }

  /** Breaks the connection of whoever is the next to say this: it is done, and nobody hears of it. */
  answerNot(command: string): void {
    this.#unanswered.push(command);
  }

  /** Refuses a command from now on, with that message. Resolves when somebody has been refused. */
  refuse(command: string, message: string): Promise<void> {
    return new Promise((resolve) => {
      this.#refusals.set(command, () => {
        resolve();
        return message;
      });
    });
  }

  /** Takes a command again. */
  allow(command: string): void {
    this.#refusals.delete(command);
  }

  /** Has the connections that there are, or the first so many, lead nowhere, so that nobody hears of it. */
  freeze(count = Number.POSITIVE_INFINITY): void {
    for (const session of [...this.#sockets.values()].slice(0, count)) session.freeze();
  }

  /** Takes connections again after {@link stop}. */
  async listen(): Promise<void> {
    const store = (): Store => this.#store;
    const server = createServer((socket) => {
      socket.once('close', () => this.#sockets.delete(socket));
      const session = new ClientSession(socket, {
        get store() {
          return store();
        },
        onChange: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
        answers: (command) => {
          const index = this.#unanswered.indexOf(command);
          if (index !== -1) this.#unanswered.splice(index, 1);
          return index === -1;
        },
        refusal: (command) => this.#refusals.get(command)?.(),
        changed: () => {
          for (const listener of [...this.#listeners]) listener();
        },
      });
      this.#sockets.set(socket, session);
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
    this.#cut();
    await closed;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #cut(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }
}
