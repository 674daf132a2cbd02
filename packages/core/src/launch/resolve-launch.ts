import type { Command } from '../contracts/command.js';
import type { LaunchStreams } from '../contracts/launchable.js';
import type { LaunchSpec, StdioTarget } from '../contracts/process-driver.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { inheritsAll, resolveEnvironment } from './environment.js';
import { inheriting, type LaunchWithoutEnvironment } from './inherited-environment.js';
import { withLocalBinaries } from './local-binaries.js';
import { invokeShell, type Invocation } from './shell-launch.js';
import { workingDirectory } from './working-directory.js';

/**
 * Makes a specification ready for a driver. Pure, apart from reading this process's environment and directory; where
 * all of the environment is passed on, it is read when it is asked for.
 */
export function resolveLaunch(
  spec: ProcessSpec,
  streams: LaunchStreams = {},
  hasReader = false,
): LaunchSpec {
  const secrets = secretsOf(spec);
  const cwd = workingDirectory(spec);
  const { file, args, verbatimArguments } = invoke(spec.command);
  const launch: LaunchWithoutEnvironment = {
    spec,
    file: secrets.reveal(file),
    args: args.map((word) => secrets.reveal(word)),
    cwd,
    stdin: stdinOf(spec, streams),
    stdout: targetOf(spec, 'stdout', streams, hasReader),
    stderr: spec.mergeStderr ? 'stdout' : targetOf(spec, 'stderr', streams, hasReader),
    // A terminal's foreground group receives its Ctrl-C; a new group would be stopped when it reads.
    processGroup: !spec.tty,
    detached: spec.detached,
    uid: spec.uid,
    gid: spec.gid,
    nice: spec.nice,
    limits: spec.limits,
    ipc: spec.ipc,
    verbatimArguments,
  };
  if (spec.preferLocal === null && inheritsAll(spec.env)) return inheriting(launch);
  const env = environmentOf(spec, cwd, (text) => secrets.reveal(text));
  return Object.assign(launch, { env });
}

function environmentOf(
  { env, preferLocal }: ProcessSpec,
  cwd: string | null,
  reveal: (text: string) => string,
): Readonly<Record<string, string>> {
  const resolved = resolveEnvironment(env, process.env, process.platform, reveal);
  if (preferLocal === null) return resolved;
  return withLocalBinaries(resolved, preferLocal === true ? (cwd ?? '.') : preferLocal);
}

function invoke(command: Command): Invocation {
  if (command.kind === 'shell') return invokeShell(command);
  return { file: command.file, args: command.args, verbatimArguments: false };
}

function stdinOf(spec: ProcessSpec, streams: LaunchStreams): StdioTarget {
  if (streams.stdin !== undefined) return isDescriptor(streams.stdin) ? streams.stdin : 'pipe';
  if (spec.tty) return 'inherit';
  return spec.input === 'none' ? 'null' : 'pipe';
}

/** A stream that nobody keeps, watches or times goes to the null device and costs nothing. */
function targetOf(
  spec: ProcessSpec,
  name: 'stdout' | 'stderr',
  streams: LaunchStreams,
  hasReader: boolean,
): StdioTarget {
  const given = streams[name];
  if (given !== undefined) return isDescriptor(given) ? given : 'pipe';
  if (spec.tty) return 'inherit';
  const unread = spec[name].policy === 'discard' && !hasReader && spec.idleTimeoutMs === null;
  return unread ? 'null' : 'pipe';
}

/** A bare descriptor; file streams have an `fd` too. */
function isDescriptor(target: object): target is { readonly fd: number } {
  return 'fd' in target && !('on' in target);
}
