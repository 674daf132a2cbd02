import type * as ExecaModule from 'execa' with { 'resolution-mode': 'import' };
import type { LaunchSpec } from '../contracts/process-driver.js';
import type { LaunchWords } from './launch-words.js';
import { leadsGroup } from './local-group.js';
import { stdioOf } from './stdio.js';

/** What is said to execa; its own types know only some descriptors and names, and nothing of what is unused. */
type Options = ExecaModule.Options & { readonly buffer: false; readonly reject: false };

/**
 * What execa would do otherwise by default. Short, since execa copies them several times for each start, and keeps them
 * for long; it reads them at once, while a polluted Object.prototype is {@link unpolluted}.
 */
export function execaOptions(launch: LaunchSpec, { env, argv0 }: LaunchWords): Options {
  const options = {
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
    verbose: 'none',
    maxBuffer: Infinity,
    forceKillAfterDelay: false,
    buffer: false,
    reject: false,
    cleanup: false,
    stripFinalNewline: false,
    windowsVerbatimArguments: launch.verbatimArguments,
  };
  return options as object as Options;
}
