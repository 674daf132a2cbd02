import type * as ExecaModule from 'execa' with { 'resolution-mode': 'import' };
import type { LaunchSpec } from '../contracts/process-driver.js';
import { isPolluted } from '../kernel/unpolluted.js';
import type { LaunchWords } from './launch-words.js';
import { leadsGroup } from './local-group.js';
import { stdioOf } from './stdio.js';

/** What is said to execa; its own types know only some descriptors and names, and nothing of what is unused. */
type Options = ExecaModule.Options & { readonly buffer: false; readonly reject: false };

/** Options of execa that mean its default, or nothing. */
const UNSAID = {
  stdin: undefined,
  stdout: undefined,
  stderr: undefined,
  input: undefined,
  inputFile: undefined,
  localDir: undefined,
  nodePath: undefined,
  nodeOptions: undefined,
  execPath: undefined,
  ipcInput: undefined,
  cancelSignal: undefined,
  signal: undefined,
  forceShell: undefined,
  shell: false,
  node: false,
  preferLocal: false,
  encoding: 'utf8',
  lines: false,
  all: false,
  ipc: false,
  timeout: 0,
  killSignal: 'SIGTERM',
  gracefulCancel: false,
  windowsHide: true,
} as const;

/**
 * What execa would do otherwise by default. Short, since execa copies them several times for each start, and keeps them
 * for long; all is said only where a polluted Object.prototype might say otherwise.
 */
export function execaOptions(launch: LaunchSpec, { env, argv0 }: LaunchWords): Options {
  const options = {
    cwd: launch.cwd ?? undefined,
    uid: launch.uid ?? undefined,
    gid: launch.gid ?? undefined,
    argv0,
    env: env ?? launch.env,
    extendEnv: false,
    // Not execa's own `ipc`, which would read, hold and partly answer the messages.
    stdio: stdioOf(launch),
    serialization: launch.ipc ?? 'json',
    detached: launch.detached || leadsGroup(launch),
    verbose: 'none',
    maxBuffer: Infinity,
    forceKillAfterDelay: false,
    buffer: false,
    reject: false,
    cleanup: false,
    stripFinalNewline: false,
    windowsVerbatimArguments: launch.verbatimArguments,
  };
  return (isPolluted() ? { ...UNSAID, ...options } : options) as object as Options;
}
