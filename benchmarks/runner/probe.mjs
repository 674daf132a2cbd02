import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../probe/main.mjs', import.meta.url));
const LIMIT_MS = 120_000;
const LINGER_MS = 2_000;

/** Measures once, in a process of its own. Resolves with `{ sample }` or, with what went wrong, `{ failure }`. */
export function probe({ name, before }, descriptor, size) {
  const order = JSON.stringify({ name, descriptor, size });
  const script = `${before ?? ':'}; exec "$@"`;
  const argv = ['-c', script, 'sh', process.execPath, program, order];
  // In a group of its own, so that what a peer leaves behind can be ended.
  const child = spawn('sh', argv, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const group = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended, all of it.
    }
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    group('SIGKILL');
  }, LIMIT_MS);
  let printed = '';
  let complained = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (complained += chunk));
  return new Promise((resolve) => {
    let ending;
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      ending = signal ?? code;
      group('SIGKILL');
      // Whoever holds the output open from outside of the group is not waited for any longer than this.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, LINGER_MS).unref();
    });
    child.once('close', () => {
      resolve(
        late
          ? { failure: `did not end in ${LIMIT_MS / 1000} s` }
          : read(printed, complained, ending),
      );
    });
  });
}

function read(printed, complained, ending) {
  try {
    const { sample, failure } = JSON.parse(printed);
    return failure === undefined ? { sample } : { failure: briefly(failure) };
  } catch {
    const reason = /^\w*Error.*$/m.exec(complained)?.[0] ?? complained.trim().split('\n').at(-1);
    return { failure: briefly(`ended the application (${ending}): ${reason}`) };
  }
}

/** Some errors carry all that was printed. */
function briefly(text) {
  return text.split('\n')[0].slice(0, 160);
}
