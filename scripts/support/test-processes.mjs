import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from './run.mjs';

const program = fileURLToPath(new URL('../mutations/test-process.mjs', import.meta.url));

/**
 * Processes that run tests, each one file at a time, and are used again: see mutations/test-process.mjs. There are as
 * many as there were runs at once, until they are ended.
 */
export class TestProcesses {
  #idle = [];
  /** Without a behaviour of the fakes, a command of a test may really run: `npm run build` must find nothing to build. */
  #directory = mkdtempSync(path.join(tmpdir(), 'mutations-'));

  /**
   * Runs some tests of one file and gives the results. A process that has not answered in time, or that the tests have
   * left something in, runs no others.
   */
  async run(asked, timeoutMs) {
    const process = this.#idle.pop() ?? new TestProcess(this.#directory);
    try {
      const { results, left } = await process.run(asked, timeoutMs);
      if (left.length === 0) this.#idle.push(process);
      else process.end();
      return results;
    } catch (error) {
      process.end();
      throw error;
    }
  }

  end() {
    for (const process of this.#idle.splice(0)) process.end();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

class TestProcess {
  #printed = '';
  #child;

  constructor(directory) {
    this.#child = fork(program, {
      cwd: directory,
      env: plainEnvironment({ NODE_ENV: 'test', GIT_CEILING_DIRECTORIES: tmpdir() }),
      execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr.setEncoding('utf8').on('data', (chunk) => {
      this.#printed += chunk;
    });
  }

  async run(asked, timeoutMs) {
    const child = this.#child;
    let timer;
    const answer = new Promise((resolve, reject) => {
      const late = () => reject(new Error(`the tests took longer than ${timeoutMs} ms`));
      const ended = (code, signal) =>
        reject(new Error(`the tests ended their process with ${signal ?? code}\n${this.#printed}`));
      timer = setTimeout(late, timeoutMs);
      child.once('message', resolve).once('error', reject).once('close', ended);
      child.send(asked);
    });
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      for (const event of ['message', 'error', 'close']) child.removeAllListeners(event);
    }
  }

  end() {
    this.#child.kill('SIGKILL');
  }
}
