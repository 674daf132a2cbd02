import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import type { Writable } from 'node:stream';
import { isMainThread } from 'node:worker_threads';
import { realTime } from '../clock/real-time.js';
import { writeNow } from '../kernel/write-now.js';
import { unpolluted } from '../kernel/unpolluted.js';

/** How long a watchdog without groups is kept. */
const IDLE_MS = 5000;

/** Writes that the log may grow by before the shell is told to read it. Even the small sockets of macOS hold them. */
const UNREAD_WRITES = 32;

/**
 * Reads `+ group` and `- group` lines from its log, descriptor 3: up to a dot at each line of its input, and to the end
 * when that ends. The end means that the application is gone, however it went: the kernel closes the sockets. Then
 * every group left gets SIGTERM, with SIGCONT for what was stopped, and after a second SIGKILL.
 */
const SCRIPT = `
groups=' '
read_log() {
  while read -r action group; do
    case $action in
      +) groups="$groups$group " ;;
      -) groups="\${groups%% $group *} \${groups#* $group }" ;;
      .) return 0 ;;
    esac
  done <&3
  return 1
}
while read -r line; do read_log; done
while read_log; do :; done
trap '' HUP INT TERM PIPE
alive=
for group in $groups; do
  kill -s TERM -- "-$group" && alive=1 && kill -s CONT -- "-$group"
done 2>/dev/null
[ -n "$alive" ] || exit 0
sleep 1
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
exit 0
`;

/**
 * The same in a child of its own, which is not ours: nobody waits for the children of a thread once that has ended, and
 * they would stay in the system's list as zombies for as long as the program goes on.
 */
const DETACHED_SCRIPT = `exec 4<&0\n( exec 4<&-\n${SCRIPT} ) <&4 &\nexit 0\n`;

/**
 * A tiny shell that outlives this process just long enough to end what this process left behind. It is not a Node
 * process, keeps no event loop alive, and ends by itself when nothing has been guarded for a while. What it has to know
 * waits in a log that it sleeps through: to wake it for each process would cost as much as a tenth of a short run.
 */
export class Watchdog {
  readonly #shell: ChildProcess;
  readonly #onEnd: (killed: boolean) => void;
  #groups = 0;
  readonly #log: Writable | null;
  /** Lines that can wait for the next one. */
  #unsaid = '';
  #unread = 0;
  #ended = false;
  /** The shell has left another one behind that does the work. */
  #handedOver = false;
  #idle: NodeJS.Timeout | undefined;

  /** @param onEnd - called once when it ends; `killed` by somebody, while it was needed */
  constructor(onEnd: (killed: boolean) => void) {
    this.#onEnd = onEnd;
    // In a session of its own: neither Ctrl-C nor a signal to our group may reach it.
    const options: SpawnOptions = {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      detached: true,
    };
    const script = isMainThread ? SCRIPT : DETACHED_SCRIPT;
    this.#shell = unpolluted(() => spawn('/bin/sh', ['-c', script], options));
    this.#shell.once('error', this.#end).once('exit', (exitCode, signal) => {
      this.#handedOver = !isMainThread && exitCode === 0;
      if (!this.#handedOver) this.#finish(signal !== null);
    });
    this.#log = this.#shell.stdio[3] as Writable | null;
    this.#log?.once('close', () => {
      // Only so it can be seen that the other one is gone.
      if (this.#handedOver) this.#finish(true);
    });
    this.#shell.unref();
    for (const socket of [this.#shell.stdin, this.#log]) {
      // It only says that the shell has gone, which 'exit' tells better.
      socket?.on('error', () => undefined);
      (socket as { unref?: () => void } | null)?.unref?.();
    }
  }

  add(group: number): void {
    this.#groups++;
    realTime.clearTimeout(this.#idle);
    this.#unsaid += `+ ${group}\n`;
    this.#say();
  }

  /** Told with the next group that is added, which in a row of runs is a moment later. */
  remove(group: number): void {
    this.#groups--;
    if (this.#unsaid === '') realTime.setImmediate(this.#say);
    this.#unsaid += `- ${group}\n`;
    if (this.#groups > 0) return;
    realTime.clearTimeout(this.#idle);
    this.#idle = realTime.setTimeout(this.#end, IDLE_MS);
    this.#idle.unref();
  }

  readonly #say = (): void => {
    const lines = this.#unsaid;
    this.#unsaid = '';
    if (lines === '' || this.#log?.writable !== true) return;
    if (++this.#unread < UNREAD_WRITES) {
      writeNow(this.#log, lines);
      return;
    }
    this.#unread = 0;
    writeNow(this.#log, `${lines}.\n`);
    if (this.#shell.stdin !== null) writeNow(this.#shell.stdin, '\n');
  };

  readonly #end = (): void => {
    this.#finish(false);
  };

  #finish(killed: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    realTime.clearTimeout(this.#idle);
    this.#say();
    this.#log?.end();
    this.#shell.stdin?.end();
    this.#onEnd(killed);
  }
}
