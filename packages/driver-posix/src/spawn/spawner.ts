import { constants } from 'node:fs';
import { devNull } from 'node:os';
import { cStrings } from '../native/c-strings.js';
import type { Libc } from '../native/libc.js';
import { OPAQUE_SIZE } from '../native/platform-constants.js';
import { systemError } from '../native/system-error.js';
import { SpawnAttributes } from './spawn-attributes.js';
import type { ChildEnd } from './stdio-ends.js';

/** One program to be started. */
export interface SpawnRequest {
  readonly path: string;
  /** All of them, its own name included. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | null;
  readonly leads: boolean;
  /** Its descriptors 0, 1 and 2. */
  readonly stdio: readonly ChildEnd[];
}

/** Calls `posix_spawn(3)`. */
export class Spawner {
  readonly #libc: Libc;
  readonly #attributes: SpawnAttributes;
  readonly #actions = Buffer.alloc(OPAQUE_SIZE);
  readonly #pid = new Int32Array(1);

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#attributes = new SpawnAttributes(libc);
  }

  /** Whether a program can be started in a directory that is not ours. */
  get changesDirectory(): boolean {
    return this.#libc.symbols.actions.changeDirectory !== undefined;
  }

  /**
   * Starts a program.
   *
   * @returns its process id
   * @throws the system's error, also that of `chdir(2)` and `execve(2)`; nothing is left behind then
   */
  spawn(request: SpawnRequest): number {
    const { actions, spawn } = this.#libc.symbols;
    const variables = Object.entries(request.env).map(([name, value]) => `${name}=${value}`);
    const [args, env] = cStrings([request.args, variables], this.#libc.pointers) as [
      Buffer,
      Buffer,
    ];
    const { leader, member } = this.#attributes;
    check(actions.init(this.#actions));
    try {
      this.#say(request);
      const attributes = request.leads ? leader : member;
      const errno = spawn(this.#pid, request.path, this.#actions, attributes, args, env);
      if (errno !== 0) throw systemError(errno, `spawn ${request.path}`);
      return this.#pid[0] ?? 0;
    } finally {
      actions.destroy(this.#actions);
    }
  }

  #say({ cwd, stdio }: SpawnRequest): void {
    const { actions } = this.#libc.symbols;
    for (const [number, end] of stdio.entries()) {
      check(
        end === 'null'
          ? actions.open(this.#actions, number, devNull, constants.O_RDWR, 0)
          : actions.duplicate(this.#actions, end.copyOf, number),
      );
    }
    // Ours are closed by themselves; what we were started with by somebody careless is not.
    check(actions.closeFrom?.(this.#actions, 3) ?? 0);
    if (cwd !== null) check(actions.changeDirectory?.(this.#actions, cwd) ?? 0);
  }
}

function check(errno: number): void {
  if (errno !== 0) throw systemError(errno, 'posix_spawn_file_actions');
}
