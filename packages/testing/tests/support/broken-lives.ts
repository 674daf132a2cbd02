import { spawn } from 'node:child_process';
import { openSync, readdirSync, readlinkSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import type { ProcessHandle } from '@proc/core';
import { BrokenDriver, brokenStart, type Fault } from './broken-driver.js';
import { closeLater, killLater } from './clean-up.js';

/** Drivers that go wrong between the start of a process and what is left of it. */
export const brokenLives: readonly Fault[] = [
  {
    fault: 'takes half of the exit codes for those of signals, as shells have it',
    caughtBy: 'reports every exit code there is',
    driver: () =>
      new BrokenDriver(({ exited }) => ({
        exited: exited.then((exit) =>
          exit.exitCode === 130 ? { exitCode: null, signal: 'SIGINT' } : exit,
        ),
      })),
  },
  {
    fault: 'calls every signal SIGKILL',
    caughtBy: 'tells signals apart',
    driver: () =>
      new BrokenDriver(({ exited }) => ({
        exited: exited.then((exit) =>
          exit.signal === null ? exit : { ...exit, signal: 'SIGKILL' },
        ),
      })),
  },
  {
    fault: 'takes all output as fast as it comes',
    caughtBy: 'holds a program back that prints faster than it is read',
    driver: () =>
      new BrokenDriver(({ stdout }) => {
        const endless = new PassThrough();
        stdout?.on('data', (chunk: Buffer) => endless.write(chunk)).on('end', () => endless.end());
        return { stdout: endless };
      }),
  },
  {
    fault: 'takes no more than 64 KB of input',
    caughtBy: 'passes 1 MB byte for byte',
    driver: () => new BrokenDriver(({ stdin }) => ({ stdin: stdin && firstOf(stdin, 65_536) })),
  },
  {
    fault: 'reports a failure when input is not read',
    caughtBy: 'survives a program that exits without reading its input',
    driver: () =>
      new BrokenDriver(({ stdin, exited }) => {
        const closed = new Promise((resolve) => {
          stdin?.once('error', () => resolve(141)).once('close', () => resolve(undefined));
        });
        return {
          exited: exited.then(async (exit) =>
            (await closed) === 141 ? { exitCode: 141, signal: null } : exit,
          ),
        };
      }),
  },
  {
    fault: 'has nobody to signal before the program has printed',
    caughtBy: 'ends a process that is signalled as soon as it has started',
    driver: () => new BrokenDriver(onlyAfterOutput),
  },
  {
    fault: 'forgets a signal that comes before the program has printed',
    caughtBy: 'ends what is being started when the signal is aborted',
    hangs: true,
    driver: () => new BrokenDriver(onlyAfterOutput),
  },
  {
    fault: 'does not dare to send SIGKILL',
    caughtBy: 'ends a process that ignores SIGTERM by SIGKILL after the grace',
    hangs: true,
    driver: () =>
      new BrokenDriver((handle) => {
        killLater(handle.pid);
        return { signal: () => handle.signal('SIGTERM') };
      }),
  },
  {
    fault: 'drops what a process has printed that is then signalled',
    caughtBy: 'ends a process at its timeout and keeps what it printed',
    driver: () =>
      new BrokenDriver((handle) => {
        const held = new PassThrough();
        const chunks: Buffer[] = [];
        handle.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
        handle.stdout?.on('end', () => held.end(Buffer.concat(chunks)));
        return {
          stdout: held,
          signal: (signal: NodeJS.Signals) => {
            chunks.length = 0;
            return handle.signal(signal);
          },
        };
      }),
  },
  {
    fault: 'adds signs of life to the output',
    caughtBy: 'ends a process that has been silent for too long',
    hangs: true,
    driver: () =>
      new BrokenDriver(({ stdout, exited }) => {
        const lively = new PassThrough();
        stdout?.pipe(lively);
        const beat = setInterval(() => lively.writable && lively.write('\0'), 100);
        void exited.then(() => clearInterval(beat));
        return { stdout: lively };
      }),
  },
  {
    fault: 'reaches a process no more once it has printed',
    caughtBy: 'ends a process when the signal is aborted',
    hangs: true,
    driver: () =>
      new BrokenDriver((handle) => {
        killLater(handle.pid);
        let printed = false;
        handle.stdout?.once('data', () => {
          printed = true;
        });
        return { signal: (signal: NodeJS.Signals) => !printed && handle.signal(signal) };
      }),
  },
  {
    fault: 'opens a file at each start and leaves it open',
    caughtBy: 'leaves no descriptor, zombie or listener behind 1,000 runs',
    driver: () =>
      new BrokenDriver(() => {
        closeLater(openSync('/dev/null', 'r'));
        return {};
      }),
  },
  {
    fault: 'lets programs inherit what is open',
    caughtBy: 'lets a program inherit no descriptor of this process',
    driver: () =>
      brokenStart((launch) => {
        const open = readdirSync('/proc/self/fd').map(Number).filter(isFileOfACase);
        const { file, env, args } = launch;
        const stdio = ['pipe' as const, 'pipe' as const, 'pipe' as const, ...open];
        const child = spawn(file, args, { env, stdio });
        return Promise.resolve({
          pid: child.pid,
          stdin: child.stdin,
          stdout: child.stdout,
          stderr: child.stderr,
          exited: new Promise((resolve) => {
            child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
          }),
          signal: (signal: NodeJS.Signals) => child.kill(signal),
        });
      }),
  },
];

function onlyAfterOutput(handle: ProcessHandle): Partial<ProcessHandle> {
  killLater(handle.pid);
  let printed = false;
  handle.stdout?.once('readable', () => {
    printed = true;
  });
  return { signal: (signal) => printed && handle.signal(signal) };
}

function firstOf(stdin: Writable, most: number): Writable {
  let taken = 0;
  return new Writable({
    write: (chunk: Buffer, _encoding, callback) => {
      const rest = chunk.subarray(0, Math.max(0, most - taken));
      taken += rest.length;
      stdin.write(rest, () => callback());
    },
    final: (callback) => {
      stdin.end();
      callback();
    },
  });
}

function isFileOfACase(fd: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).includes('proc-conformance-');
  } catch {
    return false;
  }
}
