import { isAbsolute } from 'node:path';
import { PassThrough } from 'node:stream';
import type { LaunchSpec, ProcessDriver, StdioTarget } from '../../src/contracts/process-driver.js';
import type { ProcessHandle } from '../../src/contracts/process-handle.js';

/** Starts nothing: each process has printed a little and ended by the time that it has started. */
export class StubDriver implements ProcessDriver {
  readonly name = 'stub';
  readonly capabilities = {
    tty: true,
    kernelPipes: true,
    processGroup: true,
    detached: true,
    uidGid: true,
    nice: true,
    limits: true,
    ipc: false,
    mergeStderr: true,
    remote: false,
  };
  starts = 0;
  /** What no driver should ever be asked for. */
  readonly nonsense: string[] = [];

  start(launch: LaunchSpec): Promise<ProcessHandle> {
    this.starts++;
    this.nonsense.push(...problems(launch));
    return Promise.resolve({
      pid: undefined,
      stdin: launch.stdin === 'pipe' ? new PassThrough().resume() : null,
      stdout: output(launch.stdout),
      stderr: output(launch.stderr),
      exited: Promise.resolve({ exitCode: 0, signal: null }),
      signal: () => false,
      virtual: true,
    });
  }
}

function output(target: StdioTarget | 'stdout'): PassThrough | null {
  if (target !== 'pipe') return null;
  const stream = new PassThrough();
  stream.end('printed\n');
  return stream;
}

function problems(launch: LaunchSpec): readonly string[] {
  const { file, args, cwd, env, uid, gid, nice, limits } = launch;
  const texts = [file, ...args, ...Object.entries(env).flat(), cwd ?? ''];
  const numbers = [uid, gid, nice, ...Object.values(limits as object)];
  return [
    ...texts
      .filter((text) => typeof text !== 'string' || /\0|\p{Surrogate}/u.test(text))
      .map(String),
    ...numbers.filter((number) => number !== null && !Number.isSafeInteger(number)).map(String),
    ...(file === '' ? ['no program'] : []),
    ...(cwd === null || isAbsolute(cwd) ? [] : [cwd]),
  ];
}
