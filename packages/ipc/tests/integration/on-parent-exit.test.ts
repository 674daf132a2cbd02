import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';

jest.setTimeout(60_000);

const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

it('A program hears that its parent was killed, and is kept alive neither by listening nor else', async () => {
  const program = join(__dirname, '../support/orphan-program.cjs');
  const parent = fork(program, ['parent'], {
    execArgv: ['--require', SOURCES],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [orphan] = (await once(parent, 'message')) as [number];
  expect(process.kill(orphan, 0)).toBe(true);
  // The orphan has the other end of this pipe too: it closes when the last who has it is gone.
  const closed = once(parent.stdout ?? parent, 'close');
  parent.stdout?.resume();
  parent.kill('SIGKILL');
  await closed;

  const idle = spawn(process.execPath, ['--require', SOURCES, program, 'idle']);
  expect(await once(idle, 'exit')).toEqual([0, null]);
});
