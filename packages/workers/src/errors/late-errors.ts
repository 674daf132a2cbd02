import { createRequire } from 'node:module';
import type * as Errors from './worker-errors.js';

// What a worker needs only when something fails. It takes as long to load as all the rest of a worker, and so is not
// loaded before: each start of a worker, and each replacement of one that died, would wait for it.
const later = createRequire(__filename);

let loaded: typeof Errors | undefined;

function errors(): typeof Errors {
  return (loaded ??= later('./worker-errors.js') as typeof Errors);
}

/** Loads them now, for a worker that is this program itself: where a test has ended, Jest lets nothing be loaded. */
export function loadErrors(): void {
  errors();
}

/** As {@link Errors.encodeError}. */
export function encodeError(
  ...about: Parameters<typeof Errors.encodeError>
): ReturnType<typeof Errors.encodeError> {
  return errors().encodeError(...about);
}

/** As {@link Errors.decodeError}. */
export function decodeError(
  ...about: Parameters<typeof Errors.decodeError>
): ReturnType<typeof Errors.decodeError> {
  return errors().decodeError(...about);
}

/** As {@link Errors.uncloneableError}. */
export function uncloneableError(
  ...about: Parameters<typeof Errors.uncloneableError>
): ReturnType<typeof Errors.uncloneableError> {
  return errors().uncloneableError(...about);
}

/** An {@link Errors.InvalidArgumentError}. */
export function invalidArgumentError(message: string): Errors.InvalidArgumentError {
  const { InvalidArgumentError } = errors();
  return new InvalidArgumentError(message);
}

/** A {@link Errors.TaskLoadError}. */
export function taskLoadError(
  ...about: ConstructorParameters<typeof Errors.TaskLoadError>
): Errors.TaskLoadError {
  const { TaskLoadError } = errors();
  return new TaskLoadError(...about);
}

/** A {@link Errors.ClosureCaptureError}. */
export function closureCaptureError(
  ...about: ConstructorParameters<typeof Errors.ClosureCaptureError>
): Errors.ClosureCaptureError {
  const { ClosureCaptureError } = errors();
  return new ClosureCaptureError(...about);
}
