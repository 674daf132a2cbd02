import type { LaunchSpec, ProcError, SecretTable } from '@proc/core';
import { startError } from '@proc/core/internal';
import { fakeStartError } from '../../driver/fake-start-error.js';
import type { StoredStartError } from '../file/cassette-entry.js';
import type { Transcript } from '../matching/transcript.js';

/** The error that a start failed with when it was recorded. */
export function replayedStartError(
  { code, directory }: StoredStartError,
  launch: LaunchSpec,
  transcript: Transcript,
  secrets: SecretTable,
): ProcError {
  if (directory === undefined) return fakeStartError(code, launch);
  const cause = Object.assign(new Error(`spawn ${code}`), { code, syscall: 'spawn' });
  return startError(launch, cause, {
    directoryProblem: () => transcript.show(directory, secrets),
    program: ({ file }) => ({ found: 'yes', path: file }),
    hint: () => '',
  });
}
