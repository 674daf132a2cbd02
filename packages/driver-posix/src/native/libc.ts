import { constants as fileConstants } from 'node:fs';
import { constants as systemConstants } from 'node:os';
import { DriverUnavailableError, type PipeEnds } from '@proc/core';
import { inheritableDescriptors } from './inheritable-descriptors.js';
import { loadKoffi, type Koffi } from './load-koffi.js';
import { loadSymbols, type Symbols } from './symbols.js';
import {
  ANY_CHILD,
  CLOSE_ON_EXEC,
  DO_NOT_WAIT,
  pidWordOf,
  PIPE_SIZE,
  platformConstants,
  SET_DESCRIPTOR_FLAGS,
  SET_STATUS_FLAGS,
  SIGNAL_INFO_SIZE,
  type PlatformConstants,
} from './platform-constants.js';
import { systemError } from './system-error.js';
import type { Pointers } from './c-strings.js';

/** As much as is read at once, in bytes. */
const READ_SIZE = 64 * 1024;

const { EAGAIN, EINTR, ESRCH } = systemConstants.errno;

/** The part of the C library that the driver uses. */
export class Libc {
  readonly constants: PlatformConstants;
  readonly symbols: Symbols;
  readonly pointers: Pointers;
  /** Has to be closed in each program, one by one: what the library can't close by itself. */
  readonly inheritable: readonly number[];
  readonly #koffi: Koffi;
  /** Where calls leave what they have to say: two descriptors, or a status. */
  readonly #answer = new Int32Array(2);
  /** Where is said which child has ended. */
  readonly #info = new Int32Array(SIGNAL_INFO_SIZE / Int32Array.BYTES_PER_ELEMENT);
  /** Where bytes are read to: most of what programs print at once is far smaller than the room that it needs. */
  readonly #room = Buffer.allocUnsafeSlow(READ_SIZE);

  private constructor(koffi: Koffi, constants: PlatformConstants) {
    this.#koffi = koffi;
    this.constants = constants;
    this.symbols = loadSymbols(koffi);
    this.pointers = {
      size: koffi.sizeof('void *'),
      addressOf: (bytes) => koffi.address(bytes),
    };
    const closesAll =
      constants.spawn.closeByDefault !== 0 || this.symbols.actions.closeFrom !== undefined;
    this.inheritable = closesAll ? [] : inheritableDescriptors(this.symbols);
  }

  /**
   * Loads it.
   *
   * @throws {@link DriverUnavailableError} where the platform, or the library that reaches it, does not serve
   */
  static load(platform: NodeJS.Platform = process.platform, load = loadKoffi): Libc {
    const constants = platformConstants(platform);
    if (constants === undefined) {
      throw new DriverUnavailableError(
        'posix',
        `it works on Linux and macOS, and this is ${platform}. Use the driver "execa" or "node".`,
      );
    }
    return new Libc(load(), constants);
  }

  /** @throws the system's error (`EMFILE`, `ENFILE`) */
  pipe(): PipeEnds {
    const { pipe2, pipe } = this.symbols;
    const flags = this.constants.closeOnExecPipe;
    const failed =
      flags === null || pipe2 === undefined ? pipe(this.#answer) : pipe2(this.#answer, flags);
    if (failed !== 0) throw systemError(this.#koffi.errno(), 'pipe');
    const [read = -1, write = -1] = this.#answer;
    const { setPipeSize } = this.constants;
    // It may fail: a user who has very many pipes gets small ones.
    if (setPipeSize !== null) this.symbols.fcntl(write, setPipeSize, 'int', PIPE_SIZE);
    if (flags === null) {
      for (const end of [read, write])
        this.symbols.fcntl(end, SET_DESCRIPTOR_FLAGS, 'int', CLOSE_ON_EXEC);
    }
    return { read, write };
  }

  /**
   * A copy of a descriptor that is none of the standard ones.
   *
   * @throws the system's error (`EBADF`, `EMFILE`)
   */
  duplicate(descriptor: number): number {
    const copy = this.symbols.fcntl(descriptor, this.constants.duplicateCloseOnExec, 'int', 3);
    if (copy < 0) throw systemError(this.#koffi.errno(), 'fcntl');
    return copy;
  }

  /** What the last call that failed has left in `errno`. */
  get errno(): number {
    return this.#koffi.errno();
  }

  /** From now on, reading from it does not wait for what is to come. */
  doNotBlock(descriptor: number): void {
    this.symbols.fcntl(descriptor, SET_STATUS_FLAGS, 'int', fileConstants.O_NONBLOCK);
  }

  /**
   * Reads from a descriptor that does not block.
   *
   * @returns what there is; nothing but `undefined` where there is nothing yet, and no byte at the end
   * @throws the system's error
   */
  read(descriptor: number): Buffer | undefined {
    const count = this.symbols.read(descriptor, this.#room, READ_SIZE);
    if (count >= 0) return Buffer.from(this.#room.subarray(0, count));
    const { errno } = this;
    if (errno === EAGAIN || errno === EINTR) return undefined;
    throw systemError(errno, 'read');
  }

  /**
   * Sends a signal.
   *
   * @param target - a process, or a group as a negative number
   */
  kill(target: number, signal: NodeJS.Signals): void {
    this.symbols.kill(target, systemConstants.signals[signal]);
  }

  /** Whether there is a process in a group: one that we may not signal counts, and so does a zombie. */
  groupExists(group: number): boolean {
    return this.symbols.kill(-group, 0) === 0 || this.errno !== ESRCH;
  }

  close(descriptor: number): void {
    this.symbols.close(descriptor);
  }

  /**
   * Reaps one process, and never waits.
   *
   * @returns its status as of `wait(2)`; `undefined` while it runs; `'lost'` when somebody else has reaped it
   */
  reap(pid: number): number | undefined | 'lost' {
    const reaped = this.symbols.waitpid(pid, this.#answer, DO_NOT_WAIT);
    if (reaped === pid) return this.#answer[0];
    return reaped < 0 ? 'lost' : undefined;
  }

  /**
   * A child of this process that has ended, and waits to be reaped by whoever has started it.
   *
   * @returns `undefined` where there is none, or the system does not say
   */
  endedChild(): number | undefined {
    const options = this.constants.lookForEnd;
    if (options === null) return undefined;
    const word = pidWordOf(this.pointers.size);
    // With no such child the system leaves it as it is, or empty.
    this.#info[word] = 0;
    if (this.symbols.waitid(ANY_CHILD, 0, this.#info, options) !== 0) return undefined;
    return this.#info[word] || undefined;
  }
}
