import { describe, expect, it } from '@jest/globals';
import type { WorkerEnd } from '../../../src/backends/worker-channel.js';
import { startErrorOf } from '../../../src/pool/crash.js';

const WORKER = { id: 2, fatal: undefined };

function problem(end: Partial<WorkerEnd>): string {
  const usual = { exitCode: null, signal: null, error: undefined, stderr: '', outOfMemory: false };
  return startErrorOf(WORKER, { ...usual, ...end }).message;
}

describe('The error of a worker that was never ready', () => {
  it('says what Node says, where the worker itself says nothing', () => {
    const error = new Error('ENOENT: uv_cwd');
    expect(problem({ exitCode: 1, error })).toBe(
      'Worker 2 ended with code 1 before it was ready: ENOENT: uv_cwd.',
    );
    expect(problem({ exitCode: 1, error, stderr: 'no module\n' })).toBe(
      'Worker 2 ended with code 1 before it was ready: no module.',
    );
    expect(problem({ signal: 'SIGKILL' })).toBe('Worker 2 ended with SIGKILL before it was ready.');
    expect(problem({ error })).toBe('Worker 2 can not be started: ENOENT: uv_cwd.');
    const sentence = new Error('There is no such file.');
    expect(problem({ error: sentence })).toBe(
      'Worker 2 can not be started: There is no such file.',
    );
  });
});
