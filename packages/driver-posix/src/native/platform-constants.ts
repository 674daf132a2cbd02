/** What one system's C library calls by numbers that others call by other ones. */
export interface PlatformConstants {
  /** `O_CLOEXEC` for `pipe2(2)`; `null` where there is no such call. */
  readonly closeOnExecPipe: number | null;
  /** `F_DUPFD_CLOEXEC` of `fcntl(2)`. */
  readonly duplicateCloseOnExec: number;
  /** `F_SETPIPE_SZ` of `fcntl(2)`; `null` where the size of a pipe is the system's to choose. */
  readonly setPipeSize: number | null;
  /** `WEXITED | WNOHANG | WNOWAIT` of `waitid(2)`; `null` where what it leaves alone is not known well enough. */
  readonly lookForEnd: number | null;
  /** Flags of `posix_spawnattr_setflags(3)`. */
  readonly spawn: {
    readonly setSignalDefaults: number;
    readonly setSignalMask: number;
    readonly setSession: number;
    /** `POSIX_SPAWN_CLOEXEC_DEFAULT`: no descriptor is passed on but what file actions name; 0 where there is none. */
    readonly closeByDefault: number;
  };
}

/** `F_GETFD`, `F_SETFD`, `F_SETFL`, `FD_CLOEXEC` and `WNOHANG` are the same everywhere. */
export const GET_DESCRIPTOR_FLAGS = 1;
export const SET_DESCRIPTOR_FLAGS = 2;
export const SET_STATUS_FLAGS = 4;
export const CLOSE_ON_EXEC = 1;
export const DO_NOT_WAIT = 1;

/** `P_ALL` of `waitid(2)`. */
export const ANY_CHILD = 0;

/** Bytes of a `siginfo_t`, and the word of it that holds a process id: after three others, aligned as a pointer. */
export const SIGNAL_INFO_SIZE = 128;
export const pidWordOf = (pointerSize: number): number => (pointerSize === 8 ? 4 : 3);

/**
 * Bytes that hold a `posix_spawnattr_t`, a `posix_spawn_file_actions_t` or a `sigset_t` of any library: the largest,
 * the attributes of glibc and musl, has 336. On macOS the first two are pointers.
 */
export const OPAQUE_SIZE = 512;

/**
 * As much as the sockets of `child_process` hold, so that a program which exits in the middle of writing loses no more
 * of it; four times what a pipe holds by itself.
 */
export const PIPE_SIZE = 256 * 1024;

const TABLE: Readonly<Partial<Record<NodeJS.Platform, PlatformConstants>>> = {
  // glibc and musl: <fcntl.h>, <spawn.h>, <sys/wait.h>; the architectures for which there is a Node agree.
  linux: {
    closeOnExecPipe: 0o2000000,
    duplicateCloseOnExec: 1030,
    setPipeSize: 1031,
    lookForEnd: 0x01000005,
    spawn: { setSignalDefaults: 0x04, setSignalMask: 0x08, setSession: 0x80, closeByDefault: 0 },
  },
  // xnu: <sys/fcntl.h>, <sys/spawn.h>.
  darwin: {
    closeOnExecPipe: null,
    duplicateCloseOnExec: 67,
    setPipeSize: null,
    lookForEnd: null,
    spawn: {
      setSignalDefaults: 0x0004,
      setSignalMask: 0x0008,
      setSession: 0x0400,
      closeByDefault: 0x4000,
    },
  },
};

/** The constants of a platform; `undefined` for one on which the driver does not work. */
export function platformConstants(platform: NodeJS.Platform): PlatformConstants | undefined {
  return TABLE[platform];
}
