import { isMainThread } from 'node:worker_threads';
import type { Libc } from '../native/libc.js';
import { SpawnAttributes } from './spawn-attributes.js';
import type { ChildEnd } from './stdio-ends.js';
import { SpawnCall, type SpawnRequest } from './spawn-call.js';
import { SpawnThreads } from './spawn-threads.js';

/** Calls `posix_spawn(3)`. */
export class Spawner {
  readonly #libc: Libc;
  readonly #attributes: SpawnAttributes;
  /** A worker thread can be ended at any moment, and then nobody would hear of what it has started. */
  readonly #threads: SpawnThreads | undefined;

  constructor(libc: Libc, { inThreads = isMainThread } = {}) {
    this.#libc = libc;
    this.#attributes = new SpawnAttributes(libc);
    this.#threads = inThreads ? new SpawnThreads(libc) : undefined;
  }

  /** Whether a program can be started in a directory that is not ours. */
  get changesDirectory(): boolean {
    return this.#libc.symbols.actions.changeDirectory !== undefined;
  }

  /** Does something that calls `spawn` once, as soon as there is room for one more start. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#threads === undefined ? work() : this.#threads.inTurn(work);
  }

  /**
   * Starts a program.
   *
   * @param stdio - its descriptors 0, 1 and 2
   * @returns its process id
   * @throws the system's error, also that of `chdir(2)` and `execve(2)`; nothing is left behind then
   */
  async spawn(request: SpawnRequest, stdio: readonly ChildEnd[]): Promise<number> {
    const { leader, member } = this.#attributes;
    const call = new SpawnCall(this.#libc, request, stdio, request.leads ? leader : member);
    return this.#threads === undefined ? call.here() : this.#threads.make(call);
  }
}
