import { ChildProcess } from 'node:child_process';
import { expect, it, jest } from '@jest/globals';
import { processBackend } from '../../src/backends/process-backend.js';
import type { WorkerEnd } from '../../src/backends/worker-channel.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';

const launch = {
  output: 'ignore',
  env: {},
  execArgv: SOURCE_WORKERS,
  concurrency: 1,
  maxHeap: undefined,
} as const;

it('A worker that may not be killed harms nobody, however often that is tried', async () => {
  let end = (_: WorkerEnd): void => undefined;
  const ended = new Promise<WorkerEnd>((resolve) => {
    end = resolve;
  });
  const channel = processBackend.start(launch, {
    onItems: () => undefined,
    onGoing: () => undefined,
    onEnd: (how) => end(how),
  });
  // No group that could be ended as a whole.
  const refused = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
  });
  // As Node tells of one that is just about to end, on Windows.
  const kill = jest.spyOn(ChildProcess.prototype, 'kill').mockImplementation(function (
    this: ChildProcess,
  ) {
    this.emit('error', new Error('kill EPERM'));
    return false;
  });
  try {
    channel.kill();
    channel.kill();
    expect(kill).toHaveBeenCalledTimes(2);
  } finally {
    refused.mockRestore();
    kill.mockRestore();
    channel.kill();
  }
  expect(await ended).toMatchObject({ signal: 'SIGKILL', error: { message: 'kill EPERM' } });
});
