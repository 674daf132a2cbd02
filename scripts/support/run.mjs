import { spawn } from 'node:child_process';
import { clearTimeout, setTimeout } from 'node:timers';

/** The environment of a child as a user's terminal would give it: nothing of npm, Nx or colours in it. */
export function plainEnvironment(extra = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|NX_|NODE_OPTIONS$|NODE_PATH$|NO_COLOR$|INIT_CWD$|PROC_DRIVER$|PROC_CASSETTES$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(inherited), FORCE_COLOR: '0', ...extra };
}

/**
 * Runs a program to its end and gives what it printed, `output` being both streams in order of arrival. After
 * `timeoutMs` it is killed, with every process that it started.
 */
export function run(file, args, { cwd, env = plainEnvironment(), timeoutMs = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    const group = process.platform !== 'win32';
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: group,
      // npm is a batch file on Windows.
      shell: process.platform === 'win32' && !file.endsWith('.exe'),
    });
    const result = {
      code: null,
      signal: null,
      stdout: '',
      stderr: '',
      output: '',
      timedOut: false,
    };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        result[name] += chunk;
        result.output += chunk;
      });
    }
    const kill = () => {
      try {
        process.kill(group ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // It has ended in the meantime.
      }
    };
    const timer = setTimeout(() => {
      result.timedOut = true;
      kill();
    }, timeoutMs);
    child.once('error', reject).once('close', (code, signal) => {
      clearTimeout(timer);
      resolve(Object.assign(result, { code, signal }));
    });
  });
}

/** As {@link run}; rejects with the end of the output unless the program exits with 0. */
export async function runOk(file, args, options) {
  const result = await run(file, args, options);
  if (result.code === 0) return result;
  const ending = result.timedOut ? 'took too long' : `ended with ${result.signal ?? result.code}`;
  const line = [file, ...args].join(' ');
  throw new Error(
    `${line.length > 200 ? `${line.slice(0, 200)}…` : line} ${ending}\n${tail(result.output)}`,
  );
}

function tail(text, lines = 60) {
  const all = text.trimEnd().split('\n');
  return all.length > lines ? ['[…]', ...all.slice(-lines)].join('\n') : all.join('\n');
}
