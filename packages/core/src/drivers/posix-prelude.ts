import { quotePosix } from '../command/quote.js';
import type { LaunchSpec } from '../contracts/process-driver.js';
import type { LaunchWords } from './launch-words.js';
import { posixShell } from '../launch/shell-launch.js';
import { limitCommands } from './limit-commands.js';
import { standardUtility } from './standard-utility.js';

/** Variables that shells set, or give a meaning of their own, when they find them. */
const OF_SHELLS =
  /^(IFS|OPTIND|OPTARG|PPID|LINENO|PS[124]|SHELLOPTS|BASHOPTS|BASH.*|UID|EUID|GROUPS|RANDOM|SECONDS)$/;

/** What shells pass on: dash drops every other name. */
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** Directories of which shells keep account in the environment. */
const DIRECTORIES = ['PWD', 'OLDPWD'];

/** Whether a launch asks for what can't be said to `child_process`. */
export function needsPrelude(launch: LaunchSpec): boolean {
  return (launch.nice ?? 0) !== 0 || needsShell(launch);
}

function needsShell({ stderr, limits }: LaunchSpec): boolean {
  return stderr === 'stdout' || limitCommands(limits) !== '';
}

/**
 * Puts in front of a program what `child_process` can't be told: niceness, limits, one descriptor for two streams. That
 * is done by `nice` and by a shell, each of which is replaced by the next one (`exec`), so that pid, group, signals and
 * descriptors are the program's from the beginning.
 *
 * `nice` comes first, where no limit starves it. It is not `os.setPriority()` after the start: the program, and what it
 * starts, would already run by then.
 *
 * Whatever keeps the shell from becoming the program ends it by SIGKILL: its exit code would look like the program's.
 *
 * @param program - the program as the shell shall look for it
 */
export function withPrelude(launch: LaunchSpec, program: string): LaunchWords {
  const plain: LaunchWords = {
    file: program,
    args: launch.args,
    env: undefined,
    argv0: undefined,
  };
  const inner = needsShell(launch) ? inShell(launch, plain) : plain;
  const [nice, ...words] = niceness(launch);
  if (nice === undefined) return inner;
  return { ...inner, file: nice, args: [...words, inner.file, ...inner.args] };
}

/** The words that run what follows them with the niceness of a launch. */
export function niceness({ nice }: LaunchSpec): readonly string[] {
  return (nice ?? 0) === 0 ? [] : [standardUtility('nice'), '-n', String(nice)];
}

function inShell(launch: LaunchSpec, { file, args }: LaunchWords): LaunchWords {
  const { env } = launch;
  const kept = Object.keys(env).filter((name) => IDENTIFIER.test(name) && !OF_SHELLS.test(name));
  const passed = Object.create(null) as Record<string, string>;
  for (const name of kept) passed[name] = env[name] ?? '';
  const others = Object.keys(env)
    .filter((name) => !(name in passed))
    .map((name) => `${name}=${env[name] ?? ''}`);
  const script = [
    "trap 'kill -s KILL $$' EXIT",
    // Without it bash ends at once, without its trap, when there is nothing to be replaced by.
    '[ -z "$BASH_VERSION" ] || shopt -s execfail',
    ...DIRECTORIES.map((name) => restored(name, env)),
    // Before the limit of files: a redirection takes a descriptor for a moment.
    ...(launch.stderr === 'stdout' ? ['exec 2>&1'] : []),
    [limitCommands(launch.limits), `exec ${[...adding(others, file), '"$0" "$@"'].join(' ')}`]
      .filter((command) => command !== '')
      .join(' && '),
    'kill -s KILL $$',
  ];
  return {
    file: posixShell(),
    args: ['-c', script.join('\n'), file, ...args],
    env: passed,
    argv0: undefined,
  };
}

/** Sets a variable to what the launch says, whatever the shell has made of it. */
function restored(name: string, env: LaunchSpec['env']): string {
  const value = env[name];
  return value === undefined ? `unset ${name}` : `export ${name}; ${name}=${quotePosix(value)}`;
}

/** The words that run what follows them with variables which a shell would not pass on. */
function adding(variables: readonly string[], program: string): readonly string[] {
  if (variables.length === 0) return [];
  // A variable may be called like an option.
  const words = [standardUtility('env'), '--', ...variables];
  // `env` would take such a program for one more variable.
  if (program.includes('=')) words.push(standardUtility('nice'), '-n', '0');
  return words.map(quotePosix);
}
