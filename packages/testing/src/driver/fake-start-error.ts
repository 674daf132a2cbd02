import {
  ArgumentListTooLongError,
  commandLine,
  CommandNotFoundError,
  NotExecutableError,
  ProcError,
  ResourceExhaustedError,
  WorkingDirectoryError,
  type LaunchSpec,
  type ProcessSpec,
} from '@proc/core';
import type { StartFailure } from '../fakes/fake-script.js';

type StartErrorClass = new (message: string, spec: ProcessSpec, options: ErrorOptions) => ProcError;

/** What core makes of the system's errors; it looks at the real file system for that, which says nothing of a fake. */
const CLASSES: Readonly<Record<string, StartErrorClass>> = {
  ENOENT: CommandNotFoundError,
  EACCES: NotExecutableError,
  EPERM: NotExecutableError,
  ENOEXEC: NotExecutableError,
  ENOTDIR: WorkingDirectoryError,
  E2BIG: ArgumentListTooLongError,
  EAGAIN: ResourceExhaustedError,
  EMFILE: ResourceExhaustedError,
  ENFILE: ResourceExhaustedError,
  ENOMEM: ResourceExhaustedError,
};

/** The error that a start of this fake fails with. */
export function fakeStartError(failure: StartFailure, launch: LaunchSpec): Error {
  if (typeof failure === 'string') return fakeStartError(systemError(failure, launch), launch);
  if (ProcError.is(failure)) return failure;
  const { code } = failure as { code?: unknown };
  const type = typeof code === 'string' ? CLASSES[code] : undefined;
  if (type === undefined) return failure;
  const message = `The command ${commandLine(launch.spec.command)} could not be started (fake): ${failure.message}`;
  return new type(message, launch.spec, { cause: failure });
}

function systemError(code: string, launch: LaunchSpec): Error {
  return Object.assign(new Error(`spawn ${launch.file} ${code}`), {
    code,
    syscall: `spawn ${launch.file}`,
    path: launch.file,
    spawnargs: launch.args,
  });
}
