import { CommandNotFoundError, type LaunchSpec } from '@proc/core';
import { existsSync } from 'node:fs';
import { BrokenDriver, brokenStart, type Fault } from './broken-driver.js';

const changing = (change: (launch: LaunchSpec) => Partial<LaunchSpec>): BrokenDriver =>
  new BrokenDriver(
    () => ({}),
    (launch) => ({ ...launch, ...change(launch) }),
  );

/** Drivers that do not start what they are to start, or as it is to be started. */
export const brokenStarts: readonly Fault[] = [
  {
    fault: 'composes characters anew',
    caughtBy: 'passes every character in arguments',
    driver: () => changing(({ args }) => ({ args: args.map((arg) => arg.normalize('NFC')) })),
  },
  {
    fault: 'composes characters of variables anew',
    caughtBy: 'passes every character in variables',
    driver: () =>
      changing(({ env }) => ({
        env: Object.fromEntries(
          Object.entries(env).map(([name, value]) => [name, value.normalize('NFC')]),
        ),
      })),
  },
  {
    fault: 'passes the first 1,000 arguments',
    caughtBy: 'passes thousands of arguments and variables',
    driver: () => changing(({ args }) => ({ args: args.slice(0, 1000) })),
  },
  {
    fault: 'says of whatever it can not start that it is not there',
    caughtBy: 'rejects for a file that may not be executed with the typed error',
    driver: () =>
      brokenStart((launch, real) =>
        real.start(launch).catch((cause: unknown) => {
          throw new CommandNotFoundError('There is no such program.', launch.spec, { cause });
        }),
      ),
  },
  {
    fault: 'starts in another directory where that of the launch is missing',
    caughtBy: 'rejects for a missing directory with the typed error',
    driver: () => changing(({ cwd }) => (cwd === null || existsSync(cwd) ? {} : { cwd: null })),
  },
  {
    fault: 'starts in the parent of a file that is no directory',
    caughtBy: 'rejects for a file in the place of the directory with the typed error',
    driver: () => changing(({ cwd }) => (cwd === null ? {} : { cwd: '/' })),
  },
  {
    fault: 'cuts off what is too long of arguments',
    caughtBy: 'rejects for arguments that are too long with the typed error',
    driver: () => changing(({ args }) => ({ args: args.map((arg) => arg.slice(0, 1000)) })),
  },
  {
    fault: 'leaves variables out that are too long',
    caughtBy: 'rejects for variables that are too long with the typed error',
    driver: () =>
      changing(({ env }) => ({
        env: Object.fromEntries(Object.entries(env).filter(([, { length }]) => length < 100_000)),
      })),
  },
  {
    fault: 'hides the error of the system',
    caughtBy: "gives the system's error or one of its own from start itself",
    driver: () =>
      brokenStart((launch, real) =>
        real.start(launch).catch(() => {
          throw new Error('The program could not be started.');
        }),
      ),
  },
  {
    fault: 'starts nothing any more after a failed start',
    caughtBy: 'starts the next program after a failed start',
    driver: () => {
      let failed = false;
      return brokenStart((launch, real) =>
        real.start(failed ? { ...launch, file: '/nowhere' } : launch).catch((error: unknown) => {
          failed = true;
          throw error;
        }),
      );
    },
  },
  {
    fault: 'mixes up what is started at the same time',
    caughtBy: 'runs 20 processes at once, each with its own output',
    driver: () => {
      let current: LaunchSpec | undefined;
      return brokenStart(async (launch, real) => {
        current ??= launch;
        const handle = await real.start({ ...launch, args: current.args });
        current = undefined;
        return handle;
      });
    },
  },
];
