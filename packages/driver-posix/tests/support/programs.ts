import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** How a program of ours is started. */
export interface ProgramOptions {
  /** A shell line in front of it that ends in `exec "$@"`. */
  readonly shell?: string;
}

/**
 * Runs code in a Node of its own, outside of Jest: with `manager`, all of whose programs are started by the driver,
 * `PosixDriver`, and `require`.
 *
 * @returns what it has printed; rejects when it does not end with 0
 */
export async function application(
  code: string,
  { shell = 'exec "$@"' }: ProgramOptions = {},
): Promise<string> {
  const program = `
    const core = require('@proc/core');
    const { PosixDriver } = require('./src/index.ts');
    const config = { process: { default: 'posix' } };
    const app = new core.Application({ providers: [core.ProcessServiceProvider], config });
    const manager = app.get(core.ProcessManager);
    (async () => { ${code} })();
  `;
  const child = spawn('/bin/sh', ['-c', shell, 'sh', ...nodeWith(program)], {
    cwd: root,
    // No test takes this long: it only keeps one that hangs from hanging for ever.
    timeout: 580_000,
  });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const [exitCode, signal] = (await once(child, 'close')) as readonly unknown[];
  if (exitCode === 0) return texts.out;
  throw new Error(`It ended with ${String(exitCode ?? signal)}.\n${texts.err}`);
}

/** The command of a Node that can load our sources. */
function nodeWith(program: string): readonly string[] {
  const register = join(root, '../core/tests/support/register-sources.cjs');
  return [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--conditions=@proc/source',
    '--require',
    register,
    '-e',
    program,
  ];
}
