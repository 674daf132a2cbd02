import { constants } from 'node:fs';
import { devNull } from 'node:os';
import { cString, cStrings } from '../native/c-strings.js';
import type { Libc } from '../native/libc.js';
import { OPAQUE_SIZE } from '../native/platform-constants.js';
import type { SpawnArguments, SpawnEnd } from '../native/symbols.js';
import { systemError } from '../native/system-error.js';
import type { ChildEnd } from './stdio-ends.js';

/** One program to be started. */
export interface SpawnRequest {
  readonly path: string;
  /** All of them, its own name included. */
  readonly args: readonly string[];
  /** Its variables, or a list of pointers to them as C has it. */
  readonly env: Readonly<Record<string, string>> | Buffer;
  readonly cwd: string | null;
  readonly leads: boolean;
}

/** What of `Libc` it uses. */
type Library = Pick<Libc, 'symbols' | 'pointers' | 'inheritable'>;

/** One call of `posix_spawn(3)`, with all the memory that it reads and writes, and that must stay until it is over. */
export class SpawnCall {
  readonly #libc: Library;
  readonly #request: SpawnRequest;
  readonly #attributes: Buffer;
  readonly #path: Buffer;
  readonly #actions = Buffer.alloc(OPAQUE_SIZE);
  readonly #args: Buffer;
  readonly #env: Buffer;
  readonly #pid = new Int32Array(1);

  /**
   * @param stdio - the descriptors 0, 1 and 2 of the program
   * @param attributes - what the program begins with besides its descriptors
   * @throws the error of a string with a NUL byte
   */
  constructor(
    libc: Library,
    request: SpawnRequest,
    stdio: readonly ChildEnd[],
    attributes: Buffer,
  ) {
    this.#libc = libc;
    this.#request = request;
    this.#attributes = attributes;
    this.#path = cString(request.path);
    const { args, env } = request;
    const lists = Buffer.isBuffer(env) ? [args] : [args, variablesOf(env)];
    [this.#args, this.#env] = [...cStrings(lists, libc.pointers), env] as [Buffer, Buffer];
    const { actions } = libc.symbols;
    check(actions.init(this.#actions));
    try {
      this.#describeStdio(stdio);
    } catch (error) {
      this.#free();
      throw error;
    }
  }

  /** Of the program, as soon as there is one; 0 before. May be asked for while the call is made in a thread. */
  get pid(): number {
    return Atomics.load(this.#pid, 0);
  }

  /** Whether the program leads a group of its own. */
  get leads(): boolean {
    return this.#request.leads;
  }

  /**
   * Makes the call, once, while this thread waits: until the program has taken the place of the copy of this process.
   *
   * @returns the process id of the program
   * @throws the system's error, also that of `chdir(2)` and `execve(2)`; nothing is left behind then
   */
  here(): number {
    let errno: number;
    try {
      errno = this.#libc.symbols.spawn.here(...this.#arguments());
    } finally {
      this.#free();
    }
    const failure = this.#failure(errno);
    if (failure !== undefined) throw failure;
    return this.pid;
  }

  /** As `here`, in a thread of libuv's pool. */
  inThread(): Promise<number> {
    return new Promise((resolve, reject) => {
      const end: SpawnEnd = (error, errno) => {
        this.#free();
        const failure = error ?? this.#failure(errno);
        if (failure === undefined) resolve(this.pid);
        else reject(failure);
      };
      try {
        this.#libc.symbols.spawn.inThread(...this.#arguments(), end);
      } catch (error) {
        end(error as Error, 0);
      }
    });
  }

  /** Lets a call that is still to come fail. */
  spoil(): void {
    this.#path[0] = 0;
  }

  #arguments(): SpawnArguments {
    return [this.#pid, this.#path, this.#actions, this.#attributes, this.#args, this.#env];
  }

  #failure(errno: number): Error | undefined {
    return errno === 0 ? undefined : systemError(errno, `spawn ${this.#request.path}`);
  }

  #free(): void {
    this.#libc.symbols.actions.destroy(this.#actions);
  }

  #describeStdio(stdio: readonly ChildEnd[]): void {
    const { actions } = this.#libc.symbols;
    const { cwd } = this.#request;
    for (const [number, end] of stdio.entries()) {
      check(
        end === 'null'
          ? actions.open(this.#actions, number, devNull, constants.O_RDWR, 0)
          : actions.duplicate(this.#actions, end.copyOf, number),
      );
    }
    // Ours are closed by themselves; what we were started with by somebody careless is not.
    check(actions.closeFrom?.(this.#actions, 3) ?? 0);
    for (const each of this.#libc.inheritable) check(actions.close(this.#actions, each));
    if (cwd !== null) check(actions.changeDirectory?.(this.#actions, cString(cwd)) ?? 0);
  }
}

function variablesOf(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function check(errno: number): void {
  if (errno !== 0) throw systemError(errno, 'posix_spawn_file_actions');
}
