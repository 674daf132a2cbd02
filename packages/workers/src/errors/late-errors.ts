import { createRequire } from 'node:module';
import type * as Core from '@proc/core/essentials';
import type * as ClosureCapture from './closure-capture-error.js';
import type * as Decode from './decode-error.js';
import type * as Encode from './encode-error.js';
import type { ErrorEnvelope } from './error-envelope.js';
import type * as TaskLoad from './task-load-error.js';
import type * as Uncloneable from './uncloneable-value-error.js';

// What a worker needs only when something fails. It takes as long to load as all the rest of a worker, and so is not
// loaded before: each start of a worker, and each replacement of one that died, would wait for it.
const load = createRequire(__filename);

const NAMES = [
  '@proc/core/essentials',
  './encode-error.js',
  './decode-error.js',
  './uncloneable-value-error.js',
  './task-load-error.js',
  './closure-capture-error.js',
] as const;

const loaded = new Map<string, unknown>();

function later(name: (typeof NAMES)[number]): unknown {
  if (!loaded.has(name)) loaded.set(name, load(name));
  return loaded.get(name);
}

/** Loads them now, for a worker that is this program itself: where a test has ended, Jest lets nothing be loaded. */
export function loadErrors(): void {
  for (const name of NAMES) later(name);
}

/** As {@link Encode.encodeError}. */
export function encodeError(thrown: unknown): ErrorEnvelope {
  return (later('./encode-error.js') as typeof Encode).encodeError(thrown);
}

/** As {@link Decode.decodeError}. */
export function decodeError(envelope: ErrorEnvelope): Error {
  return (later('./decode-error.js') as typeof Decode).decodeError(envelope);
}

/** As {@link Uncloneable.uncloneableError}. */
export function uncloneableError(
  ...about: Parameters<typeof Uncloneable.uncloneableError>
): Uncloneable.UncloneableValueError {
  return (later('./uncloneable-value-error.js') as typeof Uncloneable).uncloneableError(...about);
}

/** A {@link Core.InvalidArgumentError}. */
export function invalidArgumentError(message: string): Core.InvalidArgumentError {
  const { InvalidArgumentError } = later('@proc/core/essentials') as typeof Core;
  return new InvalidArgumentError(message);
}

/** A {@link TaskLoad.TaskLoadError}. */
export function taskLoadError(
  ...about: ConstructorParameters<typeof TaskLoad.TaskLoadError>
): TaskLoad.TaskLoadError {
  const { TaskLoadError } = later('./task-load-error.js') as typeof TaskLoad;
  return new TaskLoadError(...about);
}

/** A {@link ClosureCapture.ClosureCaptureError}. */
export function closureCaptureError(
  ...about: ConstructorParameters<typeof ClosureCapture.ClosureCaptureError>
): ClosureCapture.ClosureCaptureError {
  const { ClosureCaptureError } = later('./closure-capture-error.js') as typeof ClosureCapture;
  return new ClosureCaptureError(...about);
}
