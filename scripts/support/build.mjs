import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');

/**
 * Brings packages, and those that they need, up to date. Prints nothing, unless it fails.
 *
 * @returns whether they are built
 */
export function build(...packages) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [nx, 'run-many', '-t', 'build', `--projects=${packages.join()}`],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0) process.stderr.write(stdout + stderr);
  return status === 0;
}
