import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** An application in a process of its own. */
export interface Application {
  readonly child: ChildProcess;
  /** Everything that it printed on stdout, once it has ended by itself with 0; else rejects with its stderr. */
  readonly printed: Promise<string>;
}

/** How an application is started. */
export interface ApplicationOptions {
  /** A shell line in front of it that ends in `exec "$@"`, for limits. */
  readonly shell?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Who it becomes when its sources are loaded: somebody else may read neither them nor a compiler's cache. */
  readonly uid?: number;
}

/** The command of an application: Node with our sources, `manager` (on that driver) and the names of core in scope. */
export function applicationCommand(driver: string, code: string, uid?: number): readonly string[] {
  const become =
    uid === undefined ? '' : `await import('execa'); globalThis.process.setuid(${uid});`;
  const config = JSON.stringify({ process: { default: driver } });
  const program = `
    const core = require('./src/index.ts');
    const app = new core.Application({ providers: [core.ProcessServiceProvider], config: ${config} });
    const manager = app.get(core.ProcessManager);
    (async () => { ${become} ${code} })();
  `;
  return [
    process.execPath,
    '--require',
    join(root, 'tests/support/register-sources.cjs'),
    '-e',
    program,
  ];
}

/** Starts an application. */
export function startApplication(
  driver: string,
  code: string,
  options: ApplicationOptions = {},
): Application {
  const { shell, env = process.env, uid } = options;
  const command = applicationCommand(driver, code, uid);
  const [file = '', ...args] =
    shell === undefined ? command : ['/bin/sh', '-c', shell, 'sh', ...command];
  // No test takes this long: it only keeps one that hangs from hanging for ever.
  const child = spawn(file, args, { cwd: root, env, timeout: 580_000 });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const printed = once(child, 'close').then(([exitCode, signal]: readonly unknown[]) => {
    if (exitCode === 0) return texts.out;
    throw new Error(`It ended with ${String(exitCode ?? signal)}.\n${texts.err}`);
  });
  return { child, printed };
}
