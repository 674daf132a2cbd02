import { Buffer } from 'node:buffer';
import koffi from 'koffi';

const CLOSE_ON_EXEC = 0o2000000;
const DO_NOT_WAIT = 1;
const MOST_AT_ONCE = 65536;
/** More than the structures of any C library take. */
const OPAQUE_SIZE = 1024;

/**
 * `posix_spawn` called from Node, with the least around it: what is left to a driver that does so. Environment and
 * arguments are made once; nothing is looked up, observed, stopped or checked. For Linux.
 */
export async function posixSpawn() {
  const c = library();
  const environment = strings(
    Object.entries(process.env).map(([name, value]) => `${name}=${value}`),
  );
  const programs = new Map();
  const running = new Map();
  const pid = new Int32Array(1);
  const status = new Int32Array(1);
  const pipes = new Int32Array(4);
  const actions = Buffer.alloc(OPAQUE_SIZE);
  const room = Buffer.alloc(MOST_AT_ONCE);

  const readAll = (descriptor) => {
    let text = '';
    for (;;) {
      const size = Number(c.read(descriptor, room, room.length));
      if (size <= 0) break;
      text += room.toString('utf8', 0, size);
    }
    c.close(descriptor);
    return text;
  };
  process.on('SIGCHLD', () => {
    for (const [each, { out, err, resolve }] of running) {
      if (c.waitpid(each, status, DO_NOT_WAIT) !== each) continue;
      running.delete(each);
      const text = readAll(out);
      readAll(err);
      resolve({ exitCode: status[0] >> 8, text });
    }
    if (running.size === 0) alive.unref();
  });
  const alive = setInterval(() => undefined, 1 << 30).unref();

  return {
    run([file, ...rest]) {
      const argv = [file, ...rest];
      const key = argv.join('\0');
      if (!programs.has(key))
        programs.set(key, { path: Buffer.from(`${file}\0`), args: strings(argv) });
      const { path, args } = programs.get(key);
      c.pipe2(pipes, CLOSE_ON_EXEC);
      c.pipe2(pipes.subarray(2), CLOSE_ON_EXEC);
      const [out, outEnd, err, errEnd] = pipes;
      c.initActions(actions);
      c.duplicate(actions, outEnd, 1);
      c.duplicate(actions, errEnd, 2);
      const errno = c.spawn(pid, path, actions, null, args.table, environment.table);
      c.destroyActions(actions);
      c.close(outEnd);
      c.close(errEnd);
      if (errno !== 0) throw new Error(`posix_spawn: error ${errno}`);
      const [started] = pid;
      alive.ref();
      return new Promise((resolve) => running.set(started, { out, err, resolve }));
    },
  };
}

function library() {
  const own = koffi.load(null);
  const actions = 'posix_spawn_file_actions';
  return {
    spawn: own.func('int posix_spawn(void *, void *, void *, void *, void *, void *)'),
    initActions: own.func(`int ${actions}_init(void *)`),
    duplicate: own.func(`int ${actions}_adddup2(void *, int, int)`),
    destroyActions: own.func(`int ${actions}_destroy(void *)`),
    pipe2: own.func('int pipe2(void *, int)'),
    read: own.func('long read(int, void *, size_t)'),
    close: own.func('int close(int)'),
    waitpid: own.func('int waitpid(int, void *, int)'),
  };
}

/** As C has them: a table of pointers with a null at its end. */
function strings(texts) {
  const kept = texts.map((text) => Buffer.from(`${text}\0`));
  const table = new BigUint64Array(texts.length + 1);
  for (const [index, bytes] of kept.entries()) table[index] = koffi.address(bytes);
  return { table, kept };
}
