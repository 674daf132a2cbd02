import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { unpolluted } from '../kernel/unpolluted.js';

/** How long a watchdog without groups is kept. */
const IDLE_MS = 5000;

/**
 * Reads `+ group` and `- group` lines. The end of its input means that the application is gone, however it went: the
 * kernel closes the pipe. Then every group left gets SIGTERM, and after a second SIGKILL.
 */
const SCRIPT = `
groups=' '
while read -r action group; do
  case $action in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
trap '' HUP INT TERM PIPE
alive=
for group in $groups; do kill -s TERM -- "-$group" && alive=1; done 2>/dev/null
[ -n "$alive" ] || exit 0
sleep 1
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
exit 0
`;

/**
 * A tiny shell that outlives this process just long enough to end what this process left behind. It is not a Node
 * process, keeps no event loop alive, and ends by itself when nothing has been guarded for a while.
 */
export class Watchdog {
  readonly #shell: ChildProcess;
  readonly #onEnd: (killed: boolean) => void;
  #groups = 0;
  /** Lines that can wait for the next one. */
  #unsaid = '';
  #ended = false;
  #idle: NodeJS.Timeout | undefined;

  /** @param onEnd - called once when it ends; `killed` by somebody, while it was needed */
  constructor(onEnd: (killed: boolean) => void) {
    this.#onEnd = onEnd;
    // In a session of its own: neither Ctrl-C nor a signal to our group may reach it.
    const options: SpawnOptions = {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    };
    this.#shell = unpolluted(() => spawn('/bin/sh', ['-c', SCRIPT], options));
    this.#shell.once('error', this.#end).once('exit', (_, signal) => {
      this.#finish(signal !== null);
    });
    // It only says that the shell has gone, which 'exit' tells better.
    this.#shell.stdin?.on('error', () => undefined);
    this.#shell.unref();
    (this.#shell.stdin as { unref?: () => void } | null)?.unref?.();
  }

  add(group: number): void {
    this.#groups++;
    clearTimeout(this.#idle);
    this.#unsaid += `+ ${group}\n`;
    this.#say();
  }

  /** Told with the next group that is added, which in a row of runs is a moment later; each telling wakes the shell. */
  remove(group: number): void {
    this.#groups--;
    if (this.#unsaid === '') setImmediate(this.#say);
    this.#unsaid += `- ${group}\n`;
    if (this.#groups > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(this.#end, IDLE_MS);
    this.#idle.unref();
  }

  readonly #say = (): void => {
    const lines = this.#unsaid;
    this.#unsaid = '';
    if (lines !== '' && this.#shell.stdin?.writable === true) this.#shell.stdin.write(lines);
  };

  readonly #end = (): void => {
    this.#finish(false);
  };

  #finish(killed: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#idle);
    this.#say();
    this.#shell.stdin?.end();
    this.#onEnd(killed);
  }
}
