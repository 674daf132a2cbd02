import type { Socket } from 'node:net';
import { COMMANDS, CommandError, read, readRequest } from './commands.js';
import { CommandReader, encodeReply, OK, type Reply } from './resp.js';
import type { Store } from './store.js';

/** What a client's connection needs of the server. */
export interface Server {
  readonly store: Store;
  /** Calls, once, when a stream gets an entry, or everybody is to look again. */
  onChange(listener: () => void): () => void;
  changed(): void;
  /** Whether somebody gets an answer; otherwise the connection breaks. */
  answers(command: string): boolean;
  /** What somebody is told in place of an answer, if that is so; nothing is done then. */
  refusal(command: string): string | undefined;
}

/** One connection of a client: does its commands in order. */
export class ClientSession {
  readonly #reader = new CommandReader();
  readonly #waiting: (readonly Buffer[])[] = [];
  readonly #watched = new Map<string, number>();
  #queue: (readonly Buffer[])[] | undefined;
  #isBusy = false;
  #isFrozen = false;
  #stopWaiting = (): void => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly server: Server,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.#waiting.push(...this.#reader.read(chunk));
      void this.#run();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#stopWaiting();
    });
  }

  /** Does nothing and says nothing any more, and keeps the connection: as a network that has swallowed it. */
  freeze(): void {
    this.#isFrozen = true;
  }

  get #mayAnswer(): boolean {
    return !this.socket.destroyed && !this.#isFrozen;
  }

  async #run(): Promise<void> {
    if (this.#isBusy || this.#isFrozen) return;
    this.#isBusy = true;
    for (let words = this.#waiting.shift(); words !== undefined; words = this.#waiting.shift()) {
      const reply = await this.#answer(words);
      if (!this.server.answers(String(words[0]).toLowerCase())) this.socket.destroy();
      if (this.#mayAnswer) this.socket.write(encodeReply(reply));
    }
    this.#isBusy = false;
  }

  async #answer([word, ...args]: readonly Buffer[]): Promise<Reply> {
    try {
      return await this.#do(String(word).toLowerCase(), args);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { error: error.message };
    }
  }

  #do(word: string, args: readonly Buffer[]): Reply | Promise<Reply> {
    if (word === 'exec') return this.#exec();
    if (this.#queue !== undefined) {
      this.#queue.push([Buffer.from(word), ...args]);
      return { simple: 'QUEUED' };
    }
    switch (word) {
      case 'multi':
        this.#queue = [];
        return OK;
      case 'watch':
        for (const key of args.map(String)) {
          this.#watched.set(key, this.server.store.changesOf(key));
        }
        return OK;
      case 'xread':
        return this.#read(args);
      default:
        return this.#once(word, args);
    }
  }

  #once(word: string, args: readonly Buffer[]): Reply {
    const refusal = this.server.refusal(word);
    if (refusal !== undefined) throw new CommandError(refusal);
    const command = COMMANDS[word];
    if (command === undefined) throw new CommandError(`ERR unknown command '${word}'`);
    const reply = command(this.server.store, args);
    if (word === 'xadd') this.server.changed();
    return reply;
  }

  #exec(): Reply {
    const queue = this.#queue;
    this.#queue = undefined;
    if (queue === undefined) throw new CommandError('ERR EXEC without MULTI');
    const { store } = this.server;
    const isFresh = [...this.#watched].every(([key, changes]) => store.changesOf(key) === changes);
    this.#watched.clear();
    if (!isFresh) return null;
    return queue.map(([word, ...args]) => this.#once(String(word), args));
  }

  async #read(args: readonly Buffer[]): Promise<Reply> {
    const request = readRequest(args);
    const { store } = this.server;
    const found = read(store, request);
    if (found !== null || request.block === undefined) return found;
    return new Promise((resolve) => {
      const settle = (reply: Reply): void => {
        clearTimeout(timer);
        stopListening();
        resolve(reply);
      };
      const timer = setTimeout(
        () => {
          settle(null);
        },
        request.block === 0 ? 2 ** 31 - 1 : request.block,
      );
      const stopListening = this.server.onChange(() => {
        const reply = read(store, request);
        if (reply !== null) settle(reply);
      });
      this.#stopWaiting = () => {
        settle(null);
      };
    });
  }
}
