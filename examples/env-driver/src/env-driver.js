import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { NodeDriver } from '@proc/process';

/**
 * Starts programs through `env -i`, which gives them exactly the variables of the run.
 *
 * @implements {import('@proc/process').ProcessDriver}
 */
export class EnvDriver {
  name = 'env';
  #local = new NodeDriver();
  /** All that the inner driver can do, but for messages: Node finds their channel by a variable of its own. */
  capabilities = { ...this.#local.capabilities, ipc: false };

  /** @param {import('@proc/process').LaunchSpec} launch */
  async start(launch) {
    // The prefix would be started, and exit with 127: a result, where a start error is due.
    const program = await findProgram(launch);
    const variables = Object.entries(launch.env).map(([name, value]) => `${name}=${value}`);
    return this.#local.start({
      ...launch,
      file: '/usr/bin/env',
      args: ['-i', '--', ...variables, program, ...launch.args],
      env: {},
    });
  }
}

/** The path of the program; rejects with the error that the system would give. */
async function findProgram({ file, cwd, env }) {
  const here = cwd ?? process.cwd();
  const isPath = file.includes('/');
  const directories = isPath ? [''] : (env.PATH ?? '').split(':').filter(path.isAbsolute);
  let refused;
  for (const directory of directories) {
    const candidate = path.resolve(here, directory, file);
    const problem = await problemOf(candidate);
    if (problem === undefined) return candidate;
    if (problem === 'EACCES') refused = candidate;
  }
  const code = refused === undefined ? 'ENOENT' : 'EACCES';
  throw Object.assign(new Error(`env ${code}`), { code, path: refused ?? file });
}

async function problemOf(candidate) {
  // For `env`, it would be one more variable.
  if (candidate.includes('=')) return 'EACCES';
  try {
    if (!(await stat(candidate)).isFile()) return 'EACCES';
    await access(candidate, constants.X_OK);
    return undefined;
  } catch (error) {
    return error.code;
  }
}
