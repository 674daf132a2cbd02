import { WorkingDirectoryError, type LaunchSpec } from '@proc/core';
import { startError } from '@proc/core/internal';
import type { StoredStartError } from '../file/cassette-entry.js';

/** What a cassette keeps of a start that failed; `undefined` for what is no error of the system. */
export function storedStartError(error: unknown, launch: LaunchSpec): StoredStartError | undefined {
  const { code, syscall } = Object(error) as {
    readonly code?: unknown;
    readonly syscall?: unknown;
  };
  if (typeof code !== 'string' || syscall === undefined) return undefined;
  const typed = startError(launch, error);
  if (!WorkingDirectoryError.is(typed)) return { code };
  const [, directory] = /could not be started: ([^\n]+)/.exec(typed.message) ?? [];
  return directory === undefined ? { code } : { code, directory };
}
