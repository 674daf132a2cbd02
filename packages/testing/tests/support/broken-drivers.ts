import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Writable, type Readable } from 'node:stream';
import type { ProcessExit } from '@proc/core';
import { brokenChannels } from './broken-channels.js';
import { BrokenDriver, type Change, type Fault } from './broken-driver.js';
import { brokenLives } from './broken-lives.js';
import { brokenStarts } from './broken-starts.js';
import { later } from './clean-up.js';
import { limitlessDrivers } from './limitless-drivers.js';

const nothing = (): Change => ({});

/** Each with what is wrong with it, and the name of the case that has to find out. */
export const brokenDrivers: readonly Fault[] = [
  {
    fault: 'swallows the exit code',
    caughtBy: 'reports the exit codes 0, 1 and 255',
    driver: () =>
      new BrokenDriver(({ exited }) => ({
        exited: exited.then(({ signal }) => ({ exitCode: signal === null ? 0 : null, signal })),
      })),
  },
  {
    fault: 'turns a signal into an exit code, as a shell does',
    caughtBy: 'reports the signal that ended the process',
    driver: () =>
      new BrokenDriver(({ exited }) => ({
        exited: exited.then(({ exitCode }) => ({ exitCode: exitCode ?? 137, signal: null })),
      })),
  },
  {
    fault: 'reports neither code nor signal',
    caughtBy: 'resolves exited with exactly one of code and signal, the same every time',
    driver: () =>
      new BrokenDriver(({ exited }) => ({
        exited: exited.then((): ProcessExit => ({ exitCode: null, signal: null })),
      })),
  },
  {
    fault: 'loses output that nobody reads yet',
    caughtBy: 'keeps the output for a reader that comes after the exit',
    driver: () =>
      new BrokenDriver(({ stdout }) => {
        stdout?.resume();
        return {};
      }),
  },
  {
    fault: 'reports the exit at the start',
    caughtBy: 'does not report the exit before it happens',
    driver: () =>
      new BrokenDriver(() => ({ exited: Promise.resolve({ exitCode: 0, signal: null }) })),
  },
  {
    fault: 'mixes stderr into stdout',
    caughtBy: 'delivers stdout and stderr apart',
    driver: () =>
      new BrokenDriver(({ stdout, stderr }) => {
        const both = new PassThrough();
        stdout?.pipe(both, { end: false });
        stderr?.pipe(both);
        return { stdout: both, stderr: new PassThrough().end() };
      }),
  },
  {
    fault: 'drops the last chunk',
    caughtBy: 'delivers what is printed right before the exit',
    driver: () => new BrokenDriver(({ stdout }) => ({ stdout: withoutLastChunk(stdout) })),
  },
  {
    fault: 'closes the streams at the exit, before they have ended',
    caughtBy: 'delivers what is printed right before the exit',
    driver: () =>
      new BrokenDriver(({ stdout, exited }) => {
        const cut = new PassThrough();
        // What is printed is on its way when the program ends, however busy the machine is.
        stdout?.on('data', (chunk: Buffer) => {
          void exited.then(() => {
            setImmediate(() => cut.writable && cut.write(chunk));
          });
        });
        void exited.then(() => cut.end());
        return { stdout: cut };
      }),
  },
  {
    fault: 'changes bytes that are no text',
    caughtBy: 'delivers 8 MB byte for byte on both streams',
    driver: () =>
      new BrokenDriver(({ stdout }) => {
        const text = new PassThrough();
        stdout?.setEncoding('utf8').on('data', (chunk: string) => text.write(chunk));
        stdout?.on('end', () => text.end());
        return { stdout: text };
      }),
  },
  {
    fault: 'never ends stderr',
    caughtBy: 'ends both streams after the exit',
    hangs: true,
    driver: () =>
      new BrokenDriver(({ stderr }) => {
        const endless = new PassThrough();
        stderr?.pipe(endless, { end: false });
        return { stderr: endless };
      }),
  },
  {
    fault: 'pipes what should go to the null device',
    caughtBy: 'gives no stream for the null device',
    driver: () =>
      new BrokenDriver(nothing, (launch) => ({ ...launch, stdout: 'pipe', stderr: 'pipe' })),
  },
  {
    fault: 'merges stderr by reading two pipes',
    caughtBy: 'merges stderr into stdout in exact order',
    driver: () =>
      new BrokenDriver(
        ({ stdout, stderr }, launch) => {
          if (launch.stderr !== 'stdout') return {};
          const both = new PassThrough();
          stdout?.pipe(both, { end: false });
          stderr?.pipe(both);
          return { stdout: both, stderr: null };
        },
        (launch) => (launch.stderr === 'stdout' ? { ...launch, stderr: 'pipe' } : launch),
      ),
  },
  {
    fault: 'captures what should go to a descriptor',
    caughtBy: 'writes to a descriptor and leaves it open',
    driver: () => new BrokenDriver(nothing, (launch) => ({ ...launch, stdout: 'pipe' })),
  },
  {
    fault: 'drops empty arguments, as careless joining and splitting does',
    caughtBy: 'passes arguments byte for byte',
    driver: () =>
      new BrokenDriver(nothing, (launch) => ({
        ...launch,
        args: launch.args.filter((arg) => arg !== ''),
      })),
  },
  {
    fault: 'adds to the environment',
    caughtBy: 'gives exactly the environment of the launch',
    driver: () =>
      new BrokenDriver(nothing, (launch) => ({ ...launch, env: { ...launch.env, ADDED: '1' } })),
  },
  {
    fault: 'ignores the working directory',
    caughtBy: 'starts in the directory of the launch',
    driver: () => new BrokenDriver(nothing, (launch) => ({ ...launch, cwd: null })),
  },
  {
    fault: 'loses the standard input',
    caughtBy: 'passes text to the standard input and ends it',
    driver: () =>
      new BrokenDriver(({ stdin }) => {
        stdin?.end();
        return { stdin: stdin === null ? null : sink() };
      }),
  },
  {
    fault: 'passes the standard input on at its end only',
    caughtBy: 'takes input piece by piece while the process runs',
    hangs: true,
    driver: () =>
      new BrokenDriver(({ stdin }) => {
        if (stdin === null) return {};
        const chunks: Buffer[] = [];
        const collecting = new Writable({
          write: (chunk: Buffer, _, callback) => {
            chunks.push(chunk);
            callback();
          },
          final: (callback) => {
            stdin.end(Buffer.concat(chunks));
            callback();
          },
        });
        return { stdin: collecting };
      }),
  },
  {
    fault: 'leaves an unused standard input open',
    caughtBy: 'gives an empty standard input where there is none',
    hangs: true,
    driver: () =>
      new BrokenDriver(
        (_, { stdin }) => (stdin === 'null' ? { stdin: null } : {}),
        (launch) => (launch.stdin === 'null' ? { ...launch, stdin: 'pipe' } : launch),
      ),
  },
  {
    fault: 'hides from the writer that nobody reads',
    caughtBy: 'reports EPIPE to the writer when the program closes its input',
    hangs: true,
    driver: () => new BrokenDriver(({ stdin }) => ({ stdin: stdin === null ? null : sink() })),
  },
  {
    fault: 'starts a shell that reports 127 for a missing program',
    caughtBy: 'rejects for a missing program with the typed error',
    driver: () =>
      new BrokenDriver(nothing, (launch) => ({
        ...launch,
        file: '/bin/sh',
        args: ['-c', 'exec "$0" "$@"', launch.file, ...launch.args],
      })),
  },
  {
    fault: 'says that it has sent a signal, and has not',
    caughtBy: 'delivers a signal to the process',
    hangs: true,
    driver: () =>
      new BrokenDriver((handle) => ({
        signal: (signal: NodeJS.Signals) => (signal === 'SIGKILL' ? handle.signal(signal) : true),
      })),
  },
  {
    fault: 'reports success for a signal to a process that is gone',
    caughtBy: 'returns false for a signal after the exit',
    hangs: true,
    driver: () =>
      new BrokenDriver((handle) => ({
        signal: (signal: NodeJS.Signals) => {
          handle.signal(signal);
          return true;
        },
      })),
  },
  {
    fault: 'sends SIGKILL whatever it is asked for',
    caughtBy: 'ends a process by SIGTERM',
    driver: () => new BrokenDriver((handle) => ({ signal: () => handle.signal('SIGKILL') })),
  },
  {
    fault: 'lets nothing that was stopped go on',
    caughtBy: 'lets a process that was stopped act on the signal that ends it',
    hangs: true,
    driver: () => new BrokenDriver(() => ({ continue: () => undefined })),
  },
  {
    fault: 'signals the process alone, and not its group',
    caughtBy: 'reaches every process of the group',
    hangs: true,
    driver: () =>
      new BrokenDriver(nothing, (launch) => ({ ...launch, processGroup: false, detached: false })),
  },
  {
    fault: 'reports the exit when the output has ended',
    caughtBy: 'settles a result whose output is held open by a grandchild',
    hangs: true,
    driver: () =>
      new BrokenDriver(({ stdout, exited }) => ({
        exited: new Promise((resolve) => {
          stdout?.once('end', () => void exited.then(resolve));
        }),
      })),
  },
  ...brokenStarts,
  ...brokenLives,
  ...brokenChannels,
  ...limitlessDrivers,
  {
    fault: 'starts a second process and forgets it',
    caughtBy: 'starts exactly one process, and none is left when it has been killed',
    hangs: true,
    driver: () =>
      new BrokenDriver(nothing, async (launch) => {
        const { file, args, env } = launch;
        const forgotten = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
        await once(forgotten.stdout, 'data');
        forgotten.stdout.destroy();
        forgotten.unref();
        return launch;
      }),
  },
  {
    fault: 'leaves a listener on this process at each start',
    caughtBy: 'leaves no listeners on this process and nothing that keeps it alive',
    driver: () =>
      new BrokenDriver(() => {
        const listener = (): void => undefined;
        process.on('SIGWINCH', listener);
        later(() => process.off('SIGWINCH', listener));
        return {};
      }),
  },
];

function sink(): Writable {
  return new Writable({
    write: (_chunk, _encoding, callback) => {
      callback();
    },
  });
}

function withoutLastChunk(stream: Readable | null): Readable | null {
  if (stream === null) return null;
  const output = new PassThrough();
  let held: Buffer | undefined;
  stream.on('data', (chunk: Buffer) => {
    if (held !== undefined) output.write(held);
    held = chunk;
  });
  stream.on('end', () => output.end());
  return output;
}
