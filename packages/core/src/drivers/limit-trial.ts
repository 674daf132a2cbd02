import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchSpec } from '../contracts/process-driver.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { LimitRefusedError } from '../errors/limit-refused-error.js';
import { ownOnly } from '../kernel/own-only.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { posixShell } from '../launch/shell-launch.js';
import { hardLimits, type HardLimits } from './hard-limits.js';
import { limitCommands } from './limit-commands.js';
import { niceness } from './posix-prelude.js';

/** The exit code by which a trial says that the user may not execute the program. */
const NOT_EXECUTABLE = 126;

/**
 * Sees to it that what a prelude does will not fail, which nobody could tell from a failure of the program: it is tried
 * out, by the same user, without the program. Where that is certain anyway (limits below our own hard ones, no other
 * user) nothing is tried.
 *
 * @param path - the program that was found
 * @throws {@link LimitRefusedError} when the system refuses a limit or the niceness, and the system's error when it
 *   refuses the trial
 */
export async function requireAllowed(launch: LaunchSpec, path: string): Promise<void> {
  const hard = hardLimits();
  const doubt = hard === undefined ? 'a limit or the niceness is refused' : excess(launch, hard);
  const otherUser = launch.uid !== null || launch.gid !== null;
  if (doubt === undefined && !otherUser) return;
  const { code, said } = await attempt(launch, path);
  if (code === NOT_EXECUTABLE) {
    throw Object.assign(new Error(`spawn ${path} EACCES`), { code: 'EACCES' });
  }
  // `nice` only warns, and goes on without.
  if (code === 0 && said === '') return;
  const reason = doubt ?? 'a limit or the niceness is refused';
  const what = `could not be started: ${reason}${said === '' ? '.' : ` (${said}).`}`;
  throw new LimitRefusedError(failureMessage({ what, spec: launch.spec }), launch.spec);
}

/** What of a launch is not certain to be allowed. */
function excess({ nice, limits }: LaunchSpec, hard: HardLimits): string | undefined {
  if ((nice ?? 0) < 0) return `a niceness lower by ${-(nice ?? 0)} is refused`;
  const kibibytes = Math.ceil((limits.memoryBytes ?? 0) / 1024);
  const wanted: readonly [string, number, number][] = [
    ['cpu seconds', limits.cpuSeconds ?? 0, hard.cpuSeconds],
    ['bytes of memory', kibibytes * 1024, hard.memoryBytes],
    ['files', limits.files ?? 0, hard.files],
    ['processes', limits.processes ?? 0, hard.processes],
  ];
  const found = wanted.find(([, value, limit]) => value > limit);
  if (found === undefined) return undefined;
  const [name, value, limit] = found;
  return `a limit of ${value} ${name} is above the hard limit of this process, ${limit}`;
}

async function attempt(
  launch: LaunchSpec,
  path: string,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const limits = limitCommands(launch.limits);
  const script = `[ -x "$0" ] || exit ${NOT_EXECUTABLE}\n${limits === '' ? ':' : limits}`;
  const words = [...niceness(launch), posixShell(), '-c', script, path];
  const options = ownOnly({
    cwd: launch.cwd ?? undefined,
    env: ownOnly({ LC_ALL: 'C' }),
    stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'],
    uid: launch.uid ?? undefined,
    gid: launch.gid ?? undefined,
  });
  const child = unpolluted(() => spawn(words[0] ?? '', words.slice(1), options));
  let said = '';
  // There are no streams where descriptors have run out.
  (child.stderr as typeof child.stderr | undefined)?.setEncoding('utf8').on('data', (text) => {
    said += String(text);
  });
  // Rejects with the system's error when 'error' comes first.
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said.trim() };
}
