import { copyWords } from '../command/copy-words.js';
import { pathText } from '../command/path-text.js';
import { unpassable } from '../command/unpassable.js';
import type { CommandInput, CommandWord } from '../contracts/command.js';
import type { EnvironmentMap } from '../contracts/environment-spec.js';
import type { LimitOptions } from '../contracts/resource-limits.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import { mergeEnvironment } from './merge-environment.js';
import type { ProcessDraft } from './process-draft.js';
import { resolveLimits } from './resolve-limits.js';

/** What is run, where, as whom and with what: settings that take effect as the process is started. */
export abstract class LaunchSettings {
  /** @internal */
  protected readonly draft: ProcessDraft;

  /** @internal */
  constructor(draft: ProcessDraft) {
    this.draft = draft;
  }

  /**
   * Sets what to run. A list, or a program with arguments, never meets a shell; a line is split at blanks unless it has
   * shell syntax or begins with a shell builtin: then it goes to the shell.
   */
  command(command: CommandInput, args?: readonly CommandWord[]): this {
    this.draft.command = copyWords(command);
    this.draft.args = args === undefined ? undefined : copyWords(args);
    return this;
  }

  /** Working directory; default: that of this process. */
  path(directory: string | URL): this {
    this.draft.cwd = pathText(directory, 'The working directory');
    return this;
  }

  /**
   * Looks for programs in the `node_modules/.bin` of the working directory and of all above it, before PATH; so do the
   * programs that it starts.
   *
   * @param from - the directory to begin with instead of the working directory; `false` takes it back
   */
  preferLocal(from: boolean | string | URL = true): this {
    const directory = typeof from === 'boolean' ? from || null : pathText(from, 'preferLocal()');
    this.draft.preferLocal = directory;
    return this;
  }

  /** Adds variables; repeated calls merge. `false`, `null` and `undefined` remove one, `''` sets an empty one. */
  env(variables: EnvironmentMap): this {
    mergeEnvironment(this.draft.env, variables);
    return this;
  }

  /** The child sees everything that this process does, even if the configuration says otherwise. */
  withInheritedEnv(): this {
    this.draft.env.mode = 'inherit';
    return this;
  }

  /** The child sees only what {@link env} sets. */
  withoutInheritedEnv(): this {
    this.draft.env.mode = 'clean';
    return this;
  }

  /** Of the inherited variables the child sees only these; repeated calls add. */
  onlyEnv(names: readonly string[]): this {
    const added = probe(() => [...names]);
    if (added?.every((name) => typeof name === 'string') !== true) {
      throw new InvalidArgumentError('onlyEnv takes a list of names of variables.');
    }
    this.draft.env.mode = 'allow';
    this.draft.env.allow = [...this.draft.env.allow, ...added];
    return this;
  }

  /** `${NAME}` in the values of {@link env} is replaced by that variable; an unknown name is an error at the run. */
  expandEnv(): this {
    this.draft.env.expand = true;
    return this;
  }

  /** Decides about the shell: `true` for the platform's, a path for another, `false` for none. */
  shell(shell: boolean | string = true): this {
    const isPath = typeof shell === 'string' && shell !== '' && unpassable(shell) === undefined;
    if (!isPath && typeof shell !== 'boolean') {
      throw new InvalidArgumentError(
        `A shell is given as true, false or its path, not as ${showValue(shell)}.`,
      );
    }
    this.draft.shell = shell;
    return this;
  }

  /** Who starts it: `posix`, `execa`, `node`, or a driver of your own. */
  driver(name: string): this {
    if (typeof name !== 'string' || name === '') {
      throw new InvalidArgumentError(`A driver is given by its name, not as ${showValue(name)}.`);
    }
    this.draft.driver = name;
    return this;
  }

  /** Runs as another user (needs the right to). */
  user(uid: number, gid?: number): this {
    this.draft.uid = idOf(uid, 'user');
    return gid === undefined ? this : this.group(gid);
  }

  /** Runs in another group (needs the right to). */
  group(gid: number): this {
    this.draft.gid = idOf(gid, 'group');
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

/** The largest id that Node passes on. */
const LARGEST_ID = 2 ** 31 - 1;

function idOf(id: number, whose: 'user' | 'group'): number {
  // Node ends the whole process over a -0, which is no integer to it.
  if (Number.isInteger(id) && id >= 0 && id <= LARGEST_ID) return id + 0;
  throw new InvalidArgumentError(
    `The id of a ${whose} is a whole number from 0, not ${showValue(id)}.`,
  );
}
