import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

/** Lets a program load the TypeScript sources. */
const execArgv: readonly string[] = ['--require', SOURCES];

/** Starts one of the programs beside this file. */
export function startProgram(name: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...execArgv, join(__dirname, name), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Ends a program without a chance to say good-bye. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
