import type { RedisConnections } from '../redis/redis-connections.js';

/** Which stream is read, and who is told of it. */
export interface ReaderTarget {
  readonly connections: RedisConnections;
  readonly key: string;
  /** How long Redis waits for something new before it says that there is nothing, in milliseconds. */
  readonly patience: number;
  readonly onEntry: (fields: readonly Buffer[]) => void;
  /** Redis refuses to be read; called once, and not after {@link StreamReader.stop}. */
  readonly onFailure: (cause: unknown) => void;
}

/** So many entries are read at once. */
const COUNT = 100;

/**
 * Reads a stream from its beginning, and removes what it has read. Where it stands is known here alone: after a
 * connection has broken it goes on there, and so reads everything once.
 */
export class StreamReader {
  readonly #target: ReaderTarget;
  #stopped = false;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  start(): void {
    this.#run().catch((error: unknown) => {
      if (!this.#stopped) this.#target.onFailure(error);
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    const { connections, key, patience, onEntry } = this.#target;
    const { commands, reader } = connections;
    for (let last = '0'; ;) {
      const answer = await reader.xreadBuffer(
        'COUNT',
        COUNT,
        'BLOCK',
        patience,
        'STREAMS',
        key,
        last,
      );
      connections.markAnswer(reader);
      for (const [id, fields] of answer?.[0]?.[1] ?? []) {
        if (this.#stopped) return;
        last = id.toString();
        onEntry(fields);
      }
      if (this.#stopped) return;
      // What is not removed is removed next time.
      if (answer !== null) commands.xtrim(key, 'MINID', last).catch(() => undefined);
    }
  }
}
