import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { OutputType } from '../contracts/output-callback.js';
import type { RetentionSpec } from '../contracts/output-spec.js';
import type { LaunchSpec, ProcessDriver } from '../contracts/process-driver.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { InputSourceError } from '../errors/input-source-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { inputStream } from '../input/input-stream.js';
import { ownOnly } from '../kernel/own-only.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { resolveLaunch } from '../launch/resolve-launch.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { causeText } from '../diagnostics/cause-text.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { requireCapabilities } from './require-capabilities.js';
import type { Run } from './run.js';

/** A run with everything opened that it needs: the next step starts it. */
export interface PreparedRun extends Run {
  readonly launch: LaunchSpec;
  /** Bytes for the standard input; `null` when there are none or they come from a descriptor. */
  readonly input: Readable | null;
  /** Open descriptors of the files that get a copy of the output. */
  readonly files: Readonly<Partial<Record<OutputType, number>>>;
  /** Whether the process group must not outlive this process. */
  readonly guarded: boolean;
  /** Closes our copies of descriptors that the started process has now. */
  handOver(): void;
  /** Closes everything that was opened, when the start fails. */
  discard(): void;
}

/**
 * Resolves a run for a driver and opens its files. Nothing is left open when it throws.
 *
 * @throws typed errors for what can't work: capabilities, environment, input and output files
 */
export function prepareRun(
  run: Run,
  driver: ProcessDriver,
  options: { readonly hasReader: boolean; readonly guarded: boolean },
): PreparedRun {
  const { spec, attachments } = run;
  const tees = attachments.tees.out ?? attachments.tees.err;
  const hasFile = spec.stdout.file !== null || spec.stderr.file !== null;
  const hasReader =
    options.hasReader ||
    attachments.watched ||
    attachments.onOutput !== undefined ||
    tees !== undefined ||
    hasFile;
  const resolved = resolveLaunch(spec, attachments.stdio, hasReader);
  requireCapabilities(driver, resolved);
  const files = openFiles(spec);
  let input: Readable | null = null;
  try {
    input = openInput(run);
  } catch (error) {
    closeFiles(files);
    throw error;
  }
  const direct = spec.detached;
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    closeFiles(files);
  };
  return {
    ...run,
    launch: direct ? withFiles(resolved, files) : resolved,
    input,
    files: direct ? ownOnly({}) : files,
    guarded:
      options.guarded &&
      resolved.processGroup &&
      !spec.detached &&
      driver.capabilities.processGroup &&
      !driver.capabilities.remote,
    handOver: () => {
      if (direct) close();
    },
    discard: () => {
      close();
      input?.on('error', () => undefined).destroy();
    },
  };
}

/** A detached process outlives our copying, so it writes to its files itself, and to nothing else of ours. */
function withFiles(
  launch: LaunchSpec,
  files: Readonly<Partial<Record<OutputType, number>>>,
): LaunchSpec {
  const stderr = files.err === undefined ? 'null' : { fd: files.err };
  return {
    ...launch,
    stdout: files.out === undefined ? 'null' : { fd: files.out },
    stderr: launch.stderr === 'stdout' ? 'stdout' : stderr,
  };
}

function openInput({ spec, attachments }: Run): Readable | null {
  const given = attachments.stdio.stdin;
  if (given !== undefined) return 'pipe' in given ? given : null;
  const source = attachments.input;
  if (source === null) return null;
  try {
    // It may fail before the process has started, when nobody listens yet; feeding it tells then.
    const stream = unpolluted(() => inputStream(source, secretsOf(spec)));
    return stream.on('error', () => undefined);
  } catch (cause) {
    if (InvalidArgumentError.is(cause)) throw cause;
    const what = `could not be started: its input can not be read: ${causeText(cause)}`;
    throw new InputSourceError(failureMessage({ what, spec }), spec, { cause });
  }
}

function openFiles(spec: ProcessSpec): Partial<Record<OutputType, number>> {
  const files: Partial<Record<OutputType, number>> = ownOnly({});
  try {
    if (spec.stdout.file !== null) files.out = openFile(spec.stdout.file);
    if (spec.stderr.file !== null) files.err = openFile(spec.stderr.file);
    return files;
  } catch (cause) {
    closeFiles(files);
    throw new InvalidArgumentError(`An output file can not be opened: ${causeText(cause)}`, {
      cause,
    });
  }
}

function openFile(file: NonNullable<RetentionSpec['file']>): number {
  return openSync(file.path, file.append ? 'a' : 'w');
}

function closeFiles(files: Readonly<Partial<Record<OutputType, number>>>): void {
  for (const descriptor of Object.values(files)) closeSync(descriptor);
}
