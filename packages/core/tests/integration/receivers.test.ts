import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it, jest } from '@jest/globals';
import {
  OutputCallbackError,
  ProcessCancelledError,
  ProcessTimedOutError,
  type ProcessError,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';
import { Lifeline } from '../support/lifeline.js';
import { sh } from '../support/programs.js';

const never = (): Promise<void> => new Promise(() => undefined);

async function rejection(run: Promise<unknown>): Promise<ProcessError> {
  return run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );
}

onEveryDriver('a receiver of output that fails after the exit', ({ manager }) => {
  it('makes the run fail, when it is a callback', async () => {
    const processes = manager();
    const called = processes.run('echo hi', async () => {
      const [running] = processes.activeProcesses;
      while (running?.running() === true) await setImmediate();
      throw new Error('the database has gone');
    });
    const error = await rejection(called);
    expect(OutputCallbackError.is(error)).toBe(true);
    expect([error.result?.exitCode, error.result?.stdout]).toEqual([0, 'hi\n']);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  if (onLinux !== it) leftOut('only Linux has /dev/full');

  onLinux('makes the run fail, when it is a full disk', async () => {
    const error = await rejection(
      manager()
        .command('echo hi')
        .output({ stdout: { file: '/dev/full' } })
        .run(),
    );
    expect(OutputCallbackError.is(error)).toBe(true);
    expect(error.message).toContain('ENOSPC');
  });
});

onEveryDriver('a receiver of output that never finishes', ({ manager }) => {
  it('is not waited for beyond the timeout of the run', async () => {
    const error = await rejection(manager().run('echo hi', { timeout: 300 }, never));
    expect(ProcessTimedOutError.is(error)).toBe(true);
    expect([error.result?.exitCode, error.result?.stdout]).toEqual([0, 'hi\n']);
  });

  it('is not waited for after an abort', async () => {
    const error = await rejection(
      manager().run('echo hi', { signal: AbortSignal.timeout(300) }, never),
    );
    expect(ProcessCancelledError.is(error)).toBe(true);
  });

  it('is not waited for after a stop', async () => {
    let exited: () => void = () => undefined;
    const called = new Promise<void>((resolve) => (exited = resolve));
    const process = await manager().start('echo hi', () => {
      exited();
      return never();
    });
    await called;
    expect((await process.stop()).stdout).toBe('hi\n');
  });

  it('is not waited for when the manager is shut down', async () => {
    const processes = manager();
    const called = new Promise<void>((resolve) => {
      void processes
        .run('echo hi', () => {
          resolve();
          return never();
        })
        .catch(() => undefined);
    });
    await called;
    await processes.shutdown();
    expect(processes.activeProcesses).toEqual([]);
  });
});

onEveryDriver('output that can not be kept', ({ manager }) => {
  it('ends the run, and not this process, where there is no temporary directory', async () => {
    const driver = JSON.stringify((await manager().start('true')).driver);
    const code = `
      const { Application, ProcessManager, ProcessServiceProvider } = require('./src/index.ts');
      const app = new Application({
        providers: [ProcessServiceProvider], config: { process: { default: ${driver} } },
      });
      app.get(ProcessManager).run(['head', '-c', '3000000', '/dev/zero']).catch((error) => {
        console.log(error.code, error.result.outputTruncated, error.cause.code);
        console.log(error.message);
      });
    `;
    const root = join(__dirname, '../..');
    const register = join(root, 'tests/support/register-sources.cjs');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--require', register, '-e', code],
      { cwd: root, env: { ...process.env, TMPDIR: '/nowhere' } },
    );
    expect(stdout).toMatch(/^ERR_PROC_OUTPUT_CALLBACK true ENOENT\n/);
    expect(stdout).toContain(
      'was ended because its output could not be kept: what does not fit into memory goes to a file in ' +
        'the temporary folder "/nowhere", and that failed: ENOENT: no such file or directory',
    );
    expect(stdout).toContain('To use another folder, set TMPDIR.');
  });
});

onEveryDriver('a start that core can not finish', ({ manager }) => {
  it('leaves no process behind', async () => {
    using lifeline = new Lifeline();
    const tee = new PassThrough();
    tee.on = () => {
      throw new Error('nobody listens here');
    };
    const start = manager()
      .command(sh(lifeline.hold('exec sleep 1000')))
      .output({ stdout: { tee } })
      .start();
    await rejection(start);
    await lifeline.released();
  });
});

onEveryDriver('an abort signal of another make', ({ manager }) => {
  it('cancels a run', async () => {
    const listeners: (() => void)[] = [];
    const signal = {
      aborted: false,
      reason: 'enough',
      addEventListener: (_: string, listener: () => void) => listeners.push(listener),
      removeEventListener: () => undefined,
    };
    const process = await manager().start('sleep 1000', {
      signal: signal as unknown as AbortSignal,
    });
    for (const listener of listeners) listener();
    expect(ProcessCancelledError.is(await rejection(process.wait()))).toBe(true);
  });
});

onEveryDriver('many at once', ({ manager }) => {
  it('may share one stream for their output without a warning', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const tee = new PassThrough().resume();
    const before = tee.getMaxListeners();
    const runs = Array.from({ length: 12 }, () =>
      manager().command(sh('sleep 0.3; echo hi')).output({ stdout: { tee } }).run(),
    );
    await Promise.all(runs);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
    expect(tee.getMaxListeners()).toBe(before);
  });

  it('may write to one input without a warning', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const child = await manager()
      .command(sh('sleep 0.3; exec cat'))
      .interactive()
      .quietly()
      .start();
    await Promise.all(Array.from({ length: 20 }, () => child.write(Buffer.alloc(65_536))));
    await child.closeInput();
    await child.wait();
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

onEveryDriver('a result of which the beginning is kept', ({ manager }) => {
  it('shows it in JSON and in messages', async () => {
    const command = sh('echo first; head -c 1000000 /dev/zero');
    const result = await manager().command(command).maxOutput(6, 'head').run();
    expect(result.toJSON().stdout).toBe('first\n');
    const error = await rejection(manager().command(command).maxOutput(6).run());
    expect(error.message).toContain('first');
  });
});
