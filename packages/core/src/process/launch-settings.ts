import { fileURLToPath } from 'node:url';
import type { CommandInput, CommandWord } from '../contracts/command.js';
import type { EnvironmentMap } from '../contracts/environment-spec.js';
import type { LimitOptions } from '../contracts/resource-limits.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { mergeEnvironment } from './merge-environment.js';
import type { ProcessDraft } from './process-draft.js';
import { resolveLimits } from './resolve-limits.js';

/** What is run, where, as whom and with what: settings that take effect as the process is started. */
export abstract class LaunchSettings {
  protected readonly draft: ProcessDraft;

  constructor(draft: ProcessDraft) {
    this.draft = draft;
  }

  /**
   * Sets what to run. A list, or a program with arguments, never meets a shell; a line is split at blanks unless it has
   * shell syntax or begins with a shell builtin: then it goes to the shell.
   */
  command(command: CommandInput, args?: readonly CommandWord[]): this {
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

  /** Decides about the shell: `true` for the platform's, a path for another, `false` for none. */
  shell(shell: boolean | string = true): this {
    this.draft.shell = shell;
    return this;
  }

  driver(name: string): this {
    this.draft.driver = name;
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

  /**
   * Adds to the niceness of the program: from -20 (first served; needs the right to) to 19 (last served).
   *
   * @throws {@link UnsupportedCapabilityError} at the run, where the driver or the platform has no niceness (Windows)
   */
  nice(increment: number): this {
    if (!Number.isInteger(increment) || increment < -20 || increment > 19) {
      throw new InvalidArgumentError('The niceness must be a whole number from -20 to 19.');
    }
    this.draft.nice = increment;
    return this;
  }

  /**
   * Limits what the program and its children may use, as `setrlimit(2)` does; repeated calls merge. What exceeds a
   * limit is told by the system: SIGXCPU, a failed allocation, EMFILE, EAGAIN.
   *
   * @throws {@link UnsupportedCapabilityError} at the run, where the driver or the platform has no limits (Windows)
   */
  limits(limits: LimitOptions): this {
    this.draft.limits = resolveLimits(limits, this.draft.limits);
    return this;
  }
}

function copyOf(list: readonly CommandWord[]): readonly CommandWord[] {
  return Array.isArray(list) ? [...(list as readonly CommandWord[])] : list;
}
