import { didYouMean } from '../command/nearest.js';
import { pathText } from '../command/path-text.js';
import type { RetentionOptions, RetentionPolicy, RetentionSpec } from '../contracts/output-spec.js';
import { shorten, showValue } from '../diagnostics/show-value.js';
import { webStreamHint } from '../diagnostics/web-stream-hint.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { ownOnly } from '../kernel/own-only.js';
import { probe } from '../kernel/probe.js';
import { readObject } from '../kernel/read-object.js';
import { requireFlag } from '../kernel/require-flag.js';
import { parseSize } from '../measures/parse-size.js';
import { SPILL_THRESHOLD } from './process-draft.js';

export const RETENTION_POLICIES: readonly RetentionPolicy[] = [
  'spill',
  'head',
  'tail',
  'headTail',
  'fail',
  'discard',
];

/** What the words of `child_process` and execa for a stream are called here. */
const ELSEWHERE: Readonly<Record<string, string>> = Object.assign(
  Object.create(null) as Record<string, string>,
  {
    ignore: ' Use "discard".',
    inherit: ' Use { tee: process.stdout }, which shows what is kept, or tty().',
    overlapped: ' Output is kept without it.',
    pipe: ' Output is kept without it.',
  },
);

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
  const options = optionsOf(given, stream);
  const policy = options.policy ?? before.policy;
  if (!RETENTION_POLICIES.includes(policy)) {
    throw new InvalidArgumentError(
      `Unknown policy for ${stream}: ${unknownPolicy(policy)} ` +
        `Known: ${RETENTION_POLICIES.join(', ')}.`,
    );
  }
  const limit =
    options.limit === undefined ? undefined : parseSize(options.limit, `limit of ${stream}`);
  const inherited = policy === before.policy ? before.limit : undefined;
  const fallback = policy === 'spill' ? SPILL_THRESHOLD : DEFAULT_LIMIT;
  const { file, tee } = options;
  if (tee !== undefined && !isWritable(tee)) {
    throw new InvalidArgumentError(
      `The tee of ${stream} must be a writable stream of Node.${webStreamHint(tee)}`,
    );
  }
  return {
    spec: Object.freeze({
      policy,
      limit: limit ?? inherited ?? fallback,
      file:
        file === undefined
          ? before.file
          : {
              path: pathText(file, `The file of ${stream}`),
              append: requireFlag(options.append ?? false, `append of ${stream}`),
            },
    }),
    tee,
  };
}

function optionsOf(given: RetentionPolicy | RetentionOptions, stream: string): RetentionOptions {
  if (typeof given === 'string') return ownOnly<RetentionOptions>({ policy: given });
  const known = ['policy', 'limit', 'file', 'append', 'tee'];
  return readObject(given, `The settings of ${stream} are given as a policy or`, known);
}

function unknownPolicy(policy: unknown): string {
  if (typeof policy !== 'string') return `${showValue(policy)}.`;
  return `${shorten(policy)}.${ELSEWHERE[policy] ?? didYouMean(policy, RETENTION_POLICIES)}`;
}

/** A stream of Node that can be written to, as far as a look at it tells. */
function isWritable(tee: NodeJS.WritableStream): boolean {
  const methods = [
    'write',
    'end',
    'on',
    'once',
    'off',
    'getMaxListeners',
    'setMaxListeners',
  ] as const;
  return probe(() => methods.every((name) => typeof tee[name] === 'function')) === true;
}
