import { PassThrough } from 'node:stream';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { resolveLaunch } from '../../../src/launch/resolve-launch.js';
import { makeSpec } from '../../support/spec.js';

const discard = { policy: 'discard', limit: 0, file: null } as const;

describe('resolveLaunch', () => {
  it('connects the streams of a captured process without input', () => {
    expect(resolveLaunch(makeSpec())).toMatchObject({
      file: 'program',
      args: ['argument'],
      cwd: null,
      stdin: 'null',
      stdout: 'pipe',
      stderr: 'pipe',
      processGroup: true,
      detached: false,
      uid: null,
      gid: null,
    });
  });

  it('makes the working directory absolute', () => {
    expect(resolveLaunch(makeSpec({ cwd: 'a/b' })).cwd).toBe(resolve('a/b'));
  });

  it('pipes the standard input when there is input, also an empty one', () => {
    expect(resolveLaunch(makeSpec({ input: '' })).stdin).toBe('pipe');
    expect(resolveLaunch(makeSpec({ interactive: true })).stdin).toBe('pipe');
  });

  it('gives a terminal process our streams, and no group of its own', () => {
    expect(resolveLaunch(makeSpec({ tty: true }))).toMatchObject({
      stdin: 'inherit',
      stdout: 'inherit',
      stderr: 'inherit',
      processGroup: false,
    });
  });

  it('sends a stream that nobody keeps, watches or times to the null device', () => {
    const spec = makeSpec({ stdout: discard });
    expect(resolveLaunch(spec)).toMatchObject({ stdout: 'null', stderr: 'pipe' });
    expect(resolveLaunch(spec, {}, true).stdout).toBe('pipe');
    expect(resolveLaunch(makeSpec({ stdout: discard, idleTimeoutMs: 1 })).stdout).toBe('pipe');
    expect(resolveLaunch(makeSpec({ quiet: true }))).toMatchObject({
      stdout: 'null',
      stderr: 'null',
    });
  });

  it('lets stderr share the descriptor of stdout', () => {
    expect(resolveLaunch(makeSpec({ mergeStderr: true })).stderr).toBe('stdout');
  });

  it('takes descriptors of the one who launches as they are, and pipes its streams', () => {
    const spec = makeSpec({ quiet: true });
    expect(resolveLaunch(spec, { stdin: { fd: 7 }, stdout: { fd: 8 } })).toMatchObject({
      stdin: { fd: 7 },
      stdout: { fd: 8 },
    });
    const stream = Object.assign(new PassThrough(), { fd: 9 });
    expect(resolveLaunch(spec, { stdin: stream, stdout: stream })).toMatchObject({
      stdin: 'pipe',
      stdout: 'pipe',
    });
  });

  it('gives stderr where it is told, unless it goes where stdout goes', () => {
    const spec = makeSpec();
    const stream = new PassThrough();
    expect(resolveLaunch(spec, { stderr: { fd: 8 } })).toMatchObject({
      stdout: 'pipe',
      stderr: { fd: 8 },
    });
    expect(resolveLaunch(spec, { stderr: stream }).stderr).toBe('pipe');
    const merged = makeSpec({ mergeStderr: true });
    expect(resolveLaunch(merged, { stderr: { fd: 8 } }).stderr).toBe('stdout');
  });

  it('goes through the shell for a line', () => {
    expect(resolveLaunch(makeSpec({ command: 'a | b', shell: '/opt/sh' }))).toMatchObject({
      file: '/opt/sh',
      args: ['-c', 'a | b'],
    });
  });
});
