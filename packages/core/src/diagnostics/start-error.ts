import type { LaunchSpec } from '../contracts/process-driver.js';
import { ArgumentListTooLongError } from '../errors/argument-list-too-long-error.js';
import { CommandNotFoundError } from '../errors/command-not-found-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { NotExecutableError } from '../errors/not-executable-error.js';
import { ProcError } from '../errors/proc-error.js';
import { ProcessStartError } from '../errors/process-start-error.js';
import { ResourceExhaustedError } from '../errors/resource-exhausted-error.js';
import { WorkingDirectoryError } from '../errors/working-directory-error.js';
import { hasRelativePath, isProgramPath } from '../launch/executable-candidates.js';
import { localFindings, type StartFindings } from '../launch/start-findings.js';
import { probe } from '../kernel/probe.js';
import { redactCause } from '../redaction/redact-cause.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { causeText } from './cause-text.js';
import { exhaustionText, wayOutOf } from './exhaustion-text.js';
import { failureMessage } from './failure-message.js';

/** The typed error of what failed before there was anything to launch: a driver that could not be made, say. */
export function unpreparedError(spec: LaunchSpec['spec'], cause: unknown): ProcError {
  if (ProcError.is(cause)) return cause;
  const what = `could not be started: ${causeText(cause)}`;
  return new ProcessStartError(failureMessage({ what, spec }), spec, { cause });
}

/**
 * The typed error of a start that failed, by the system's error code. Errors that are ours already are passed on.
 *
 * @param findings - what is found where the program was to be started; default: on this machine
 */
export function startError(
  launch: LaunchSpec,
  cause: unknown,
  findings: StartFindings = localFindings,
): ProcError {
  if (ProcError.is(cause)) return cause;
  const code = codeOf(cause);
  const secrets = secretsOf(launch.spec);
  const make = <E>(
    type: new (message: string, spec: LaunchSpec['spec'], options: ErrorOptions) => E,
    what: string,
  ): E => new type(failureMessage({ what, spec: launch.spec }), launch.spec, { cause });
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EACCES':
    case 'EPERM': {
      const directory = findings.directoryProblem(launch);
      if (directory !== undefined)
        return make(WorkingDirectoryError, `could not be started: ${directory}`);
      return missingOrRefused(launch, code, findings, make);
    }
    case 'ENOEXEC':
      return make(
        NotExecutableError,
        `could not be started: ${launch.file} has no executable format.`,
      );
    case 'E2BIG':
      return make(
        ArgumentListTooLongError,
        'could not be started: its arguments and environment are too long. Pass large data as input instead.',
      );
    case 'ERR_INVALID_ARG_VALUE':
    case 'ERR_INVALID_ARG_TYPE':
    case 'ERR_OUT_OF_RANGE':
      return new InvalidArgumentError(secrets.redact((cause as Error).message), {
        cause: redactCause(cause, secrets),
      });
    default:
      return (
        exhaustionError(launch.spec, cause) ??
        make(ProcessStartError, `could not be started: ${causeText(cause)}`)
      );
  }
}

/** The typed error of what has failed because this process, or the system, is short of something. */
export function exhaustionError(
  spec: LaunchSpec['spec'],
  cause: unknown,
): ResourceExhaustedError | undefined {
  const code = codeOf(cause);
  const exhausted = exhaustionText(code);
  if (exhausted === undefined) return undefined;
  const what = `could not be started: ${exhausted} (${code as string}). ${wayOutOf(code as string)}`;
  return new ResourceExhaustedError(failureMessage({ what, spec }), spec, { cause });
}

function codeOf(cause: unknown): unknown {
  return probe(() => (cause as { code?: unknown } | null)?.code);
}

type Make = <E>(
  type: new (message: string, spec: LaunchSpec['spec'], options: ErrorOptions) => E,
  what: string,
) => E;

function missingOrRefused(
  launch: LaunchSpec,
  code: string,
  findings: StartFindings,
  make: Make,
): ProcessStartError {
  const { file } = launch;
  const lookup = findings.program(launch);
  if (lookup.found === 'no' && code !== 'EPERM') {
    const what = `could not be started: ${placeOf(launch)} (${file}).${findings.hint(launch)}`;
    return make(CommandNotFoundError, what);
  }
  if (lookup.found === 'notExecutable') {
    const why =
      lookup.isDirectory === true
        ? 'is a directory.'
        : 'may not be executed. Make it executable (chmod +x), or run it by its interpreter.';
    return make(NotExecutableError, `could not be started: ${lookup.path} ${why}`);
  }
  if (code === 'ENOENT' && lookup.found === 'yes') {
    const missing = findings.interpreter?.(lookup.path, launch);
    return make(
      NotExecutableError,
      `could not be started: ${file} exists, but ${interpreterText(missing)}`,
    );
  }
  return make(NotExecutableError, `could not be started: permission denied (${code}).`);
}

function interpreterText(missing: string | undefined): string {
  if (missing === undefined) return 'the interpreter that its first line names does not.';
  // Where the first line of a script ends as on Windows, nothing of its name looks wrong.
  return missing.endsWith('\r')
    ? `the interpreter that its first line names does not: ${missing.slice(0, -1)} with a carriage return. Write its lines with LF, not with CRLF.`
    : `the interpreter that it names does not (${missing}).`;
}

function placeOf({ file, env }: LaunchSpec): string {
  if (isProgramPath(file)) return 'there is no such file';
  return hasRelativePath(env)
    ? 'it was not found in PATH, whose relative parts are not searched'
    : 'it was not found in PATH';
}
