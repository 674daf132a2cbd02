import { expect } from 'the runner';
import {
  Process,
  type Application,
  type ProcessManager,
  type ProcessResult,
  type RunningProcess,
} from '@proc/process';
import type { FakeProcesses } from '@proc/testing';

declare const app: Application;
declare const manager: ProcessManager;
declare const fakes: FakeProcesses;
declare const result: ProcessResult;
declare const running: RunningProcess;

export async function everyMatcher(): Promise<void> {
  expect(Process).toHaveRun('git *');
  expect(app).toHaveRun(/^git/);
  expect(manager).not.toHaveRun(['git', 'push']);
  expect(fakes).toHaveRun((spec, outcome) => spec.cwd === null && outcome.exitCode === 0);
  expect(Process).toHaveRunTimes('git *', 2);
  expect(Process).toHaveRunInOrder(['git *', /make/, ['ls']]);
  expect(result).toHaveSucceeded();
  expect(result).not.toHaveExitedWith(1);
  expect(result).toHaveOutput('text');
  expect(result).toHaveOutput(['a', 'b'], 'err');
  expect(running).toHaveOutput(/up/);
  expect(running).toHaveOutput((output) => output.length > 3);
  expect(Process).toHaveBeenSignalled('serve', 'SIGTERM');
  expect(running).toHaveBeenSignalled('SIGTERM');
  expect(result).not.toHaveBeenSignalled();
  expect(Process).toHaveLeftNoProcesses();

  const succeeded: Promise<void> = expect(running).toHaveSucceeded();
  const exited: Promise<void> = expect(running).not.toHaveExitedWith(0);
  await Promise.all([succeeded, exited]);

  // @ts-expect-error -- how often is a number
  expect(Process).toHaveRunTimes('git *', 'twice');
  // @ts-expect-error -- a command is needed
  expect(Process).toHaveRun();
  // @ts-expect-error -- an order is a list
  expect(Process).toHaveRunInOrder('git *');
  // @ts-expect-error -- an exit code is a number
  expect(result).toHaveExitedWith('0');
  // @ts-expect-error -- streams are called out and err
  expect(result).toHaveOutput('text', 'stderr');
  // @ts-expect-error -- no such signal
  expect(running).toHaveBeenSignalled('SIGSTOPPED');
  // @ts-expect-error -- a manager is asked for a command first
  expect(manager).toHaveBeenSignalled();
  // @ts-expect-error -- no such matcher
  expect(Process).toHaveWalked();
}
