import type { Koffi } from './load-koffi.js';

type Memory = Int32Array | Uint8Array | BigUint64Array | Uint32Array;
type Optional<T> = T | undefined;
type CFunction = ReturnType<ReturnType<Koffi['load']>['func']>;

/** Of `posix_spawn(3)`. */
export type SpawnArguments = readonly [
  pid: Memory,
  path: Memory,
  actions: Memory,
  attributes: Memory,
  args: Memory,
  env: Memory,
];

/** What it has come to: an error number, or none. */
export type SpawnEnd = (error: Error | null, errno: number) => void;

/**
 * The functions of the C library that are called, as in their manual pages; those that not every library has may be
 * missing.
 */
export interface Symbols {
  readonly close: (descriptor: number) => number;
  readonly fcntl: (descriptor: number, command: number, type: 'int', value: number) => number;
  readonly pipe: (ends: Memory) => number;
  readonly pipe2: Optional<(ends: Memory, flags: number) => number>;
  readonly read: (descriptor: number, into: Memory, size: number) => number;
  readonly kill: (process: number, signal: number) => number;
  /** Linux has it. */
  readonly epoll: Optional<{
    readonly create: (flags: number) => number;
    readonly control: (epoll: number, what: number, descriptor: number, event: Memory) => number;
    readonly wait: (epoll: number, events: Memory, most: number, timeout: number) => number;
  }>;
  /** Of glibc, which neither changes nor frees a variable that somebody may still look at. */
  readonly environment: Optional<{
    /** The address of `environ(7)`. */
    readonly address: bigint;
    readonly copy: (to: Memory, from: bigint, size: number) => void;
    readonly get: (name: string) => unknown;
  }>;
  readonly waitpid: (pid: number, status: Memory, options: number) => number;
  readonly waitid: (type: number, id: number, info: Memory, options: number) => number;
  readonly spawn: {
    readonly here: (...args: SpawnArguments) => number;
    /** In a thread of libuv's pool. What it is given must stay until it is over. */
    readonly inThread: (...args: [...SpawnArguments, done: SpawnEnd]) => void;
  };
  readonly attributes: {
    readonly init: (attributes: Memory) => number;
    readonly setFlags: (attributes: Memory, flags: number) => number;
    readonly setSignalDefaults: (attributes: Memory, set: Memory) => number;
    readonly setSignalMask: (attributes: Memory, set: Memory) => number;
  };
  readonly actions: {
    readonly init: (actions: Memory) => number;
    readonly destroy: (actions: Memory) => number;
    readonly duplicate: (actions: Memory, from: number, to: number) => number;
    readonly open: (
      actions: Memory,
      to: number,
      path: string,
      flags: number,
      mode: number,
    ) => number;
    /** glibc has it since 2.29, musl since 1.1.24, macOS since 10.15. */
    readonly changeDirectory: Optional<(actions: Memory, path: Memory) => number>;
    readonly close: (actions: Memory, descriptor: number) => number;
    /** glibc has it since 2.34; musl does not. */
    readonly closeFrom: Optional<(actions: Memory, first: number) => number>;
  };
}

function epollOf(
  optional: (declaration: string) => CFunction | undefined,
): Symbols['epoll'] | undefined {
  const create = optional('int epoll_create1(int)');
  const control = optional('int epoll_ctl(int, int, int, void *)');
  const wait = optional('int epoll_wait(int, void *, int, int)');
  if (create === undefined || control === undefined || wait === undefined) return undefined;
  return { create, control, wait };
}

function environmentOf(
  library: ReturnType<Koffi['load']>,
  optional: (declaration: string) => CFunction | undefined,
): Symbols['environment'] {
  const copy = optional('void *memcpy(void *, void *, size_t)');
  const get = optional('void *getenv(const char *)');
  const isGlibc = optional('const char *gnu_get_libc_version(void)') !== undefined;
  if (!isGlibc || copy === undefined || get === undefined) return undefined;
  try {
    return { address: library.symbol('environ') as bigint, copy, get };
  } catch {
    return undefined;
  }
}

/** Finds the functions in the C library that Node itself has loaded. */
export function loadSymbols(koffi: Koffi): Symbols {
  const library = koffi.load(null);
  const func = (declaration: string): CFunction => library.func(declaration);
  const optional = (...declarations: readonly string[]): CFunction | undefined => {
    for (const declaration of declarations) {
      try {
        return func(declaration);
      } catch {
        // This library does not have it.
      }
    }
    return undefined;
  };
  const spawn = func('int posix_spawn(void *, void *, void *, void *, void *, void *)');
  const attr = 'posix_spawnattr';
  const file = 'posix_spawn_file_actions';
  return {
    close: func('int close(int)'),
    fcntl: func('int fcntl(int, int, ...)'),
    pipe: func('int pipe(void *)'),
    pipe2: optional('int pipe2(void *, int)'),
    read: func('long read(int, void *, size_t)'),
    kill: func('int kill(int, int)'),
    epoll: epollOf(optional),
    environment: environmentOf(library, optional),
    waitpid: func('int waitpid(int, void *, int)'),
    waitid: func('int waitid(int, uint, void *, int)'),
    spawn: { here: spawn, inThread: spawn.async as Symbols['spawn']['inThread'] },
    attributes: {
      init: func(`int ${attr}_init(void *)`),
      setFlags: func(`int ${attr}_setflags(void *, short)`),
      setSignalDefaults: func(`int ${attr}_setsigdefault(void *, void *)`),
      setSignalMask: func(`int ${attr}_setsigmask(void *, void *)`),
    },
    actions: {
      init: func(`int ${file}_init(void *)`),
      destroy: func(`int ${file}_destroy(void *)`),
      duplicate: func(`int ${file}_adddup2(void *, int, int)`),
      open: func(`int ${file}_addopen(void *, int, const char *, int, uint)`),
      changeDirectory: optional(
        `int ${file}_addchdir_np(void *, void *)`,
        `int ${file}_addchdir(void *, void *)`,
      ),
      close: func(`int ${file}_addclose(void *, int)`),
      closeFrom: optional(`int ${file}_addclosefrom_np(void *, int)`),
    },
  };
}
