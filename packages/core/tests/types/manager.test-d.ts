import { inject, injectable } from 'inversify';
import { expectTypeOf } from 'expect-type';
import {
  Application,
  ProcessManager,
  type Duration,
  type LaunchContext,
  type Launchable,
  type Launched,
  type OutputCallback,
  type PendingProcess,
  type ProcessOptions,
  type ProcessResult,
  type ProcessSnapshot,
  type RunningProcess,
  type Size,
} from '@proc/core';

// One name is the interface and the token.
@injectable()
class Encoder {
  constructor(@inject(ProcessManager) readonly processes: ProcessManager) {}
}
expectTypeOf<Encoder['processes']>().toEqualTypeOf<ProcessManager>();

const app = new Application();
expectTypeOf(app.get(ProcessManager)).toEqualTypeOf<ProcessManager>();
expectTypeOf(app.get(Encoder)).toEqualTypeOf<Encoder>();
expectTypeOf(app.get('process.manager')).toBeUnknown();
expectTypeOf(app.singleton<Date>)
  .parameter(1)
  .returns.toEqualTypeOf<Date>();
expectTypeOf(app).toExtend<AsyncDisposable>();

declare const processes: ProcessManager;
declare const onOutput: OutputCallback;
declare const options: ProcessOptions;

// Every form of run() and start() gives the same.
expectTypeOf(processes.run('ls -la')).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run(['ls'] as const)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run('ls', ['-la'])).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run('ls', ['-la'], options)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run('ls', ['-la'], onOutput)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(
  processes.run('ls', ['-la'], options, onOutput),
).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run(['ls'], onOutput)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run(['ls'], onOutput, options)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run(['ls'], options, onOutput)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.run('ls', null, options)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.start('ls', ['-la'], options)).resolves.toEqualTypeOf<RunningProcess>();
expectTypeOf(processes.command(['ls']).run(onOutput)).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(processes.command(['ls']).start(onOutput)).resolves.toEqualTypeOf<RunningProcess>();

// The parameters of a callback are known.
void processes.run('ls', (type, chunk, key) => {
  expectTypeOf(type).toEqualTypeOf<'out' | 'err'>();
  expectTypeOf(chunk).toEqualTypeOf<string>();
  expectTypeOf(key).toEqualTypeOf<string | number | undefined>();
});

// @ts-expect-error -- a command is a string or a list of strings
void processes.run(5);
// @ts-expect-error -- an unknown option
void processes.run('ls', [], { timeuot: 5 });
// @ts-expect-error -- a template takes no objects
expectTypeOf(processes.$`ls ${{}}`).toEqualTypeOf<PendingProcess>();

// Durations are checked as literals.
expectTypeOf<'30s'>().toExtend<Duration>();
expectTypeOf<'1.5h'>().toExtend<Duration>();
expectTypeOf<{ seconds: 30 }>().toExtend<Duration>();
expectTypeOf<'5 parsecs'>().not.toExtend<Duration>();
expectTypeOf<'5'>().not.toExtend<Duration>();
expectTypeOf<'5d'>().not.toExtend<Duration>();
// So are sizes.
expectTypeOf<number>().toExtend<Size>();
for (const size of ['512MB', '1.5GiB', '10kB', '10KB', '7B'] as const) {
  expectTypeOf(size).toExtend<Size>();
}
expectTypeOf<'512'>().not.toExtend<Size>();
expectTypeOf<'512mb'>().not.toExtend<Size>();
processes.command('ls').limits({ memory: '1GiB' }).maxOutput('5MB', 'tail');
// @ts-expect-error -- no such unit
processes.command('ls').limits({ memory: '1gig' });
// @ts-expect-error -- files are counted
processes.command('ls').limits({ files: '1kB' });

// @ts-expect-error -- no such unit
processes.timeout('5 parsecs');
// @ts-expect-error -- no such field
processes.timeout({ secs: 5 });

// Every verb gives the description back, so that sentences can be built.
const pending = processes.command('ls').path('/').timeout('1s').env({ A: 1, B: false }).quietly();
expectTypeOf(pending).toEqualTypeOf<PendingProcess>();
expectTypeOf(
  pending.when(process.pid, (self, pid) => self.meta({ pid })),
).toEqualTypeOf<PendingProcess>();
expectTypeOf(pending).toExtend<Launchable>();
expectTypeOf<Launchable['launch']>().parameter(0).toEqualTypeOf<LaunchContext | undefined>();
expectTypeOf<Launchable['launch']>().returns.toEqualTypeOf<Launched>();
expectTypeOf(pending.json<{ a: number }>()).resolves.toEqualTypeOf<{ a: number }>();
expectTypeOf(pending.json()).resolves.toBeUnknown();
expectTypeOf(pending.lines()).toExtend<AsyncIterable<string>>();
expectTypeOf<RunningProcess['lines']>().returns.toEqualTypeOf<AsyncIterableIterator<string>>();

expectTypeOf(processes.activeProcesses).toEqualTypeOf<readonly RunningProcess[]>();
expectTypeOf(processes.find('id')).toEqualTypeOf<ProcessSnapshot | undefined>();
expectTypeOf(processes.kill).parameters.toEqualTypeOf<
  [pid: number, signal?: NodeJS.Signals | number | undefined]
>();
