import type { Readable } from 'node:stream';
import type { LaunchSpec, ProcessDriver } from '../contracts/process-driver.js';
import { InputSourceError } from '../errors/input-source-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { inputStream } from '../input/input-stream.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { resolveLaunch } from '../launch/resolve-launch.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { causeText } from '../diagnostics/cause-text.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { OutputFiles } from './output-files.js';
import { requireCapabilities } from './require-capabilities.js';
import type { Run } from './run.js';

/** A run with everything opened that it needs: the next step starts it. */
export interface PreparedRun extends Run {
  readonly launch: LaunchSpec;
  /** Bytes for the standard input; `null` when there are none or they come from a descriptor. */
  readonly input: Readable | null;
  readonly files: OutputFiles;
  /** Whether the process group must not outlive this process. */
  readonly guarded: boolean;
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
  const files = new OutputFiles(spec);
  let input: Readable | null;
  try {
    input = openInput(run);
  } catch (error) {
    files.close();
    throw error;
  }
  return {
    spec,
    attachments,
    launch: spec.detached ? withFiles(resolved, files) : resolved,
    input,
    files,
    guarded:
      options.guarded &&
      resolved.processGroup &&
      !spec.detached &&
      driver.capabilities.processGroup &&
      !driver.capabilities.remote,
  };
}

/** Closes everything that was opened for a run that could not be started. */
export function discardRun({ files, input }: PreparedRun): void {
  files.close();
  input?.on('error', () => undefined).destroy();
}

/** A detached process outlives our copying, so it writes to its files itself, and to nothing else of ours. */
function withFiles(launch: LaunchSpec, files: OutputFiles): LaunchSpec {
  const out = files.descriptor('out');
  const err = files.descriptor('err');
  const stderr = err === undefined ? 'null' : { fd: err };
  return {
    ...launch,
    stdout: out === undefined ? 'null' : { fd: out },
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
