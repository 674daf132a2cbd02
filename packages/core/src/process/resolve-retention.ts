import { fileURLToPath } from 'node:url';
import { didYouMean } from '../command/nearest.js';
import type { RetentionOptions, RetentionPolicy, RetentionSpec } from '../contracts/output-spec.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { SPILL_THRESHOLD } from './process-draft.js';

export const RETENTION_POLICIES: readonly RetentionPolicy[] = [
  'spill',
  'head',
  'tail',
  'headTail',
  'fail',
  'discard',
];

/** Bytes that a limited policy keeps when no limit is given. */
const DEFAULT_LIMIT = 16 * 1024 * 1024;

/** A resolved retention, and the stream that is to get a copy. */
export interface ResolvedRetention {
  readonly spec: RetentionSpec;
  readonly tee: NodeJS.WritableStream | undefined;
}

/**
 * Resolves the retention of one stream; what is not given stays as it was.
 *
 * @throws {@link InvalidArgumentError} for an unknown policy or a bad limit
 */
export function resolveRetention(
  given: RetentionPolicy | RetentionOptions,
  before: RetentionSpec,
  stream: string,
): ResolvedRetention {
  const options: RetentionOptions = typeof given === 'string' ? { policy: given } : given;
  const policy = options.policy ?? before.policy;
  if (!RETENTION_POLICIES.includes(policy)) {
    throw new InvalidArgumentError(
      `Unknown policy for ${stream}: ${policy}.${didYouMean(policy, RETENTION_POLICIES)} ` +
        `Known: ${RETENTION_POLICIES.join(', ')}.`,
    );
  }
  if (options.limit !== undefined) checkBytes(options.limit);
  const inherited = policy === before.policy ? before.limit : undefined;
  const fallback = policy === 'spill' ? SPILL_THRESHOLD : DEFAULT_LIMIT;
  const { file, tee } = options;
  if (tee !== undefined && typeof (tee as { write?: unknown }).write !== 'function') {
    throw new InvalidArgumentError(`The tee of ${stream} must be a writable stream of Node.`);
  }
  return {
    spec: Object.freeze({
      policy,
      limit: options.limit ?? inherited ?? fallback,
      file:
        file === undefined
          ? before.file
          : {
              path: file instanceof URL ? fileURLToPath(file) : file,
              append: options.append ?? false,
            },
    }),
    tee,
  };
}

/** @throws {@link InvalidArgumentError} unless it is a whole number from 0 */
export function checkBytes(bytes: number): void {
  if (!Number.isSafeInteger(bytes) || bytes < 0) {
    throw new InvalidArgumentError('A limit of output must be a whole number of bytes from 0.');
  }
}
