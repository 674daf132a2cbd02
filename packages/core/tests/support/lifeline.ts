import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A FIFO that processes hold open: tells by an event, not by polling, when the last of them has gone, whoever their
 * parent is.
 */
export class Lifeline implements Disposable {
  readonly path: string;
  readonly #directory: string;
  readonly #socket: Socket;
  readonly #gone: Promise<void>;
  /** Our own end, so that it does not matter whether a process was killed before it took hold. */
  #own: number | undefined;
  #text = '';
  #wake: () => void = () => undefined;

  constructor() {
    this.#directory = mkdtempSync(join(tmpdir(), 'lifeline-'));
    this.path = join(this.#directory, 'fifo');
    execFileSync('mkfifo', [this.path]);
    const fd = openSync(this.path, constants.O_RDONLY | constants.O_NONBLOCK);
    this.#own = openSync(this.path, constants.O_WRONLY | constants.O_NONBLOCK);
    this.#socket = new Socket({ fd, readable: true, writable: false });
    this.#socket.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text;
      this.#wake();
    });
    this.#gone = new Promise((resolve) => {
      this.#socket.once('close', () => {
        resolve();
      });
    });
  }

  /** A shell line that takes hold (descriptor 9), says so, and goes on with `line`. */
  hold(line: string): string {
    // In a subshell `$$` would be the pid of the shell around it.
    return `exec 9>'${this.path}'; sh -c 'echo $PPID' >&9; ${line}`;
  }

  /** The pids of the holders, once there are so many. */
  async pids(count: number): Promise<readonly number[]> {
    while (this.#lines().length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#lines().map(Number);
  }

  /** Resolves when nobody holds on any more; who has not taken hold by now is not waited for. */
  released(): Promise<void> {
    this.#letGo();
    return this.#gone;
  }

  [Symbol.dispose](): void {
    this.#letGo();
    this.#socket.destroy();
    rmSync(this.#directory, { recursive: true });
  }

  #letGo(): void {
    if (this.#own !== undefined) closeSync(this.#own);
    this.#own = undefined;
  }

  #lines(): readonly string[] {
    return this.#text.split('\n').slice(0, -1);
  }
}
