import { fileURLToPath } from 'node:url';
import type { CommandInput } from '../contracts/command.js';
import type { Duration } from '../contracts/duration.js';
import type { EnvironmentMap } from '../contracts/environment-spec.js';
import type { InputSource } from '../contracts/input-source.js';
import type { OutputOptions, RetentionPolicy } from '../contracts/output-spec.js';
import type { RetryOptions, RetryPredicate } from '../contracts/retry.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { inputKind } from '../input/input-stream.js';
import { normalizeSignal } from '../termination/signals.js';
import { parseDuration } from '../time/parse-duration.js';
import { mergeEnvironment } from './merge-environment.js';
import type { ProcessDraft } from './process-draft.js';
import { checkBytes, resolveRetention } from './resolve-retention.js';

/** The fluent settings of a process: each changes this object and returns it. Bad values are refused at once. */
export abstract class ProcessSettings {
  protected readonly draft: ProcessDraft;

  constructor(draft: ProcessDraft) {
    this.draft = draft;
  }

  /**
   * Sets what to run. A list, or a program with arguments, never meets a shell; a line is split at blanks unless it has
   * shell syntax or begins with a shell builtin: then it goes to the shell.
   */
  command(command: CommandInput, args?: readonly string[]): this {
    // Copied: the caller's list may change before the run.
    this.draft.command = typeof command === 'string' ? command : copyOf(command);
    this.draft.args = args === undefined ? undefined : copyOf(args);
    return this;
  }

  /** Working directory; default: that of this process. */
  path(directory: string | URL): this {
    const path = directory instanceof URL ? fileURLToPath(directory) : directory;
    if (typeof path !== 'string' || path === '' || path.includes('\0')) {
      throw new InvalidArgumentError('The working directory must be a path.');
    }
    this.draft.cwd = path;
    return this;
  }

  /** Longest run; `0` and `null` mean any. Default: `process.timeout` of the configuration, else none. */
  timeout(duration: Duration | null): this {
    this.draft.timeoutMs = duration === null ? null : parseDuration(duration, 'timeout') || null;
    return this;
  }

  /** Longest silence on both streams; `0` and `null` mean any. Works with {@link quietly} too. */
  idleTimeout(duration: Duration | null): this {
    this.draft.idleTimeoutMs =
      duration === null ? null : parseDuration(duration, 'idle timeout') || null;
    return this;
  }

  /** No timeout; the idle timeout stays. */
  forever(): this {
    return this.timeout(null);
  }

  /** Adds variables; repeated calls merge. `false`, `null` and `undefined` remove one, `''` sets an empty one. */
  env(variables: EnvironmentMap): this {
    mergeEnvironment(this.draft.env, variables);
    return this;
  }

  /** The child sees only what {@link env} sets. */
  withoutInheritedEnv(): this {
    this.draft.env.mode = 'clean';
    return this;
  }

  /** Of the inherited variables the child sees only these; repeated calls add. */
  onlyEnv(names: readonly string[]): this {
    this.draft.env.mode = 'allow';
    this.draft.env.allow = [...this.draft.env.allow, ...names];
    return this;
  }

  /** `${NAME}` in the values of {@link env} is replaced by that variable; an unknown name is an error at the run. */
  expandEnv(): this {
    this.draft.env.expand = true;
    return this;
  }

  /** The standard input; only `null` and `undefined` mean none, and then the child reads the null device. */
  input(source: InputSource | undefined): this {
    inputKind(source);
    this.draft.input = source ?? null;
    return this;
  }

  /** Keeps the standard input open for `write` on the running process. */
  interactive(): this {
    this.draft.interactive = true;
    return this;
  }

  /** Keeps nothing of the output; a callback still gets it. */
  quietly(): this {
    this.draft.quiet = true;
    return this;
  }

  /** Gives the child this process's terminal; nothing is captured. `'auto'`: only where there is a terminal. */
  tty(on: boolean | 'auto' = true): this {
    this.draft.tty = on;
    // Nothing passes through here that could tell silence.
    return on === true ? this.idleTimeout(null) : this;
  }

  /** Decides about the shell: `true` for the platform's, a path for another, `false` for none. */
  shell(shell: boolean | string = true): this {
    this.draft.shell = shell;
    return this;
  }

  driver(name: string): this {
    this.draft.driver = name;
    return this;
  }

  /** Cancels the run when the signal aborts; several signals add up. */
  abortWith(signal: AbortSignal): this {
    if (!isAbortSignal(signal)) throw new InvalidArgumentError('abortWith takes an AbortSignal.');
    this.draft.signals = [...this.draft.signals, signal];
    return this;
  }

  /** The signal that ends the process (default SIGTERM), and the time until SIGKILL follows (default 5 s). */
  killWith(signal: NodeJS.Signals | number, grace?: Duration): this {
    this.draft.killSignal = normalizeSignal(signal);
    return grace === undefined ? this : this.grace(grace);
  }

  /** Time between the first signal and SIGKILL; default 5 s. */
  grace(duration: Duration): this {
    this.draft.graceMs = parseDuration(duration, 'grace');
    return this;
  }

  /** Tries again after a failure, up to `times` more; applies to runs (also in pools and pipelines), not to `start`. */
  retry(times: number | RetryOptions, delay?: Duration, when?: RetryPredicate): this {
    const given: RetryOptions = typeof times === 'number' ? { times } : times;
    const { factor = 1 } = given;
    if (!Number.isInteger(given.times) || given.times < 0) {
      throw new InvalidArgumentError('The number of retries must be a whole number from 0.');
    }
    if (!Number.isFinite(factor) || factor < 0) {
      throw new InvalidArgumentError('The factor of a retry must be a number from 0.');
    }
    const delayMs = parseDuration(delay ?? given.delay ?? 0, 'retry delay');
    this.draft.retry = Object.freeze({ times: given.times, delayMs, factor });
    this.draft.retryWhen = when ?? given.when;
    return this;
  }

  /**
   * Limits what is kept of each stream, in bytes. Default policy `'fail'`: the byte after the limit ends the process
   * with an {@link OutputLimitError}.
   */
  maxOutput(bytes: number, policy: RetentionPolicy = 'fail'): this {
    checkBytes(bytes);
    return this.output({ stdout: { policy, limit: bytes }, stderr: { policy, limit: bytes } });
  }

  /** Retention per stream: policy and limit, a file or a stream that gets a copy. */
  output(options: OutputOptions): this {
    for (const [name, key] of [
      ['stdout', 'out'],
      ['stderr', 'err'],
    ] as const) {
      const given = options[name];
      if (given === undefined) continue;
      const { spec, tee } = resolveRetention(given, this.draft[name], name);
      this.draft[name] = spec;
      if (tee !== undefined) this.draft.tees[key] = tee;
    }
    return this;
  }

  /** stderr goes where stdout goes, in exact order. */
  mergeStderr(): this {
    this.draft.mergeStderr = true;
    return this;
  }

  /**
   * The child outlives this process: it is not waited for, has no timeout unless one is set after this, and gets the
   * null device or files as its output.
   */
  detach(): this {
    this.draft.detached = true;
    return this.timeout(null).idleTimeout(null);
  }

  /** How output is decoded into text; default `utf8`. */
  encoding(encoding: BufferEncoding): this {
    if (!Buffer.isEncoding(encoding)) {
      throw new InvalidArgumentError(`Unknown encoding: ${String(encoding)}.`);
    }
    this.draft.encoding = encoding;
    return this;
  }

  /** Runs as another user (needs the right to). */
  user(uid: number, gid?: number): this {
    this.draft.uid = uid;
    if (gid !== undefined) this.draft.gid = gid;
    return this;
  }

  group(gid: number): this {
    this.draft.gid = gid;
    return this;
  }

  /** A label for results and events. */
  tag(name: string): this {
    this.draft.tag = name;
    return this;
  }

  /** Your own data, carried to results and events; repeated calls merge. */
  meta(data: Readonly<Record<string, unknown>>): this {
    this.draft.meta = { ...this.draft.meta, ...data };
    return this;
  }
}

function copyOf(list: readonly string[]): readonly string[] {
  return Array.isArray(list) ? [...(list as readonly string[])] : list;
}

function isAbortSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value
  );
}
