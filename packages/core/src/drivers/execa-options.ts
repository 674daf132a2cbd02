import type * as ExecaModule from 'execa' with { 'resolution-mode': 'import' };
import type { LaunchSpec } from '../contracts/process-driver.js';
import type { LaunchWords } from './launch-words.js';
import { leadsGroup } from './local-group.js';
import { stdioOf } from './stdio.js';

/** What is said to execa; its own types know only some descriptors and names, and nothing of what is unused. */
type Options = ExecaModule.Options & { readonly buffer: false; readonly reject: false };

/**
 * All that execa has an option for, also where its default or nothing is meant: a polluted Object.prototype must not
 * say otherwise. One literal costs each start far less than to put several objects together.
 */
export function execaOptions(launch: LaunchSpec, { env, argv0 }: LaunchWords): Options {
  const options = {
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
    cwd: launch.cwd ?? undefined,
    uid: launch.uid ?? undefined,
    gid: launch.gid ?? undefined,
    argv0,
    env,
    extendEnv: false,
    // Not execa's own `ipc`, which would read, hold and partly answer the messages.
    stdio: stdioOf(launch),
    serialization: launch.ipc ?? 'json',
    detached: launch.detached || leadsGroup(launch),
    shell: false,
    node: false,
    preferLocal: false,
    encoding: 'utf8',
    lines: false,
    all: false,
    ipc: false,
    verbose: 'none',
    maxBuffer: Infinity,
    timeout: 0,
    killSignal: 'SIGTERM',
    forceKillAfterDelay: false,
    gracefulCancel: false,
    buffer: false,
    reject: false,
    cleanup: false,
    stripFinalNewline: false,
    windowsHide: true,
    windowsVerbatimArguments: launch.verbatimArguments,
  };
  return options as object as Options;
}
