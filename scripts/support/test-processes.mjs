import { fork } from 'node:child_process';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../mutations/test-process.mjs', import.meta.url));

/**
 * Processes that run tests, each one file at a time, and are used again: see mutations/test-process.mjs. There are as
 * many as there were runs at once, until they are ended.
 */
export class TestProcesses {
  #idle = [];

  /**
   * Runs some tests of one file and gives the results. A process that has not answered in time, or that the tests have
   * left something in, runs no others.
   */
  async run(asked, timeoutMs) {
    const process = this.#idle.pop() ?? new TestProcess();
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
  }
}

class TestProcess {
  #printed = '';
  #child = fork(program, {
    cwd: root,
    env: plainEnvironment({ NODE_ENV: 'test' }),
    execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

  constructor() {
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
