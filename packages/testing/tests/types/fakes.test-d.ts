import { afterEach } from '@jest/globals';
import {
  secret,
  type Application,
  type LaunchSpec,
  type ProcessDriver,
  type ProcessManager,
  type ProcessResult,
  type ProcessSpec,
} from '@proc/core';
import {
  FakeDriver,
  checkForLeftovers,
  configureTesting,
  fakeProcesses,
  type FakeProcessDescription,
  type FakeProcesses,
  type FakeProcessResult,
  type FakeProcessSequence,
  type RecordedProcess,
  type StrayProcessError,
} from '@proc/testing';
import {
  checkConformance,
  describeConformance,
  type ConformanceCase,
  type ConformanceReport,
} from '@proc/testing/conformance';
import { expectTypeOf } from 'expect-type';

declare const app: Application;
declare const processes: ProcessManager;

// The manager has the members of the package, and stays itself through a chain.
expectTypeOf(processes.fake()).toEqualTypeOf<ProcessManager>();
expectTypeOf(
  processes.fake().preventStrayProcesses().assertRan('x'),
).toEqualTypeOf<ProcessManager>();
expectTypeOf(processes.result()).toEqualTypeOf<FakeProcessResult>();
expectTypeOf(processes.describe()).toEqualTypeOf<FakeProcessDescription>();
expectTypeOf(processes.sequence()).toEqualTypeOf<FakeProcessSequence>();
expectTypeOf(processes.recorded()).toEqualTypeOf<readonly RecordedProcess[]>();
expectTypeOf(processes.isRecording()).toBeBoolean();
// Hooks of runners may not return anything.
expectTypeOf<ProcessManager['restore']>().returns.toBeVoid();
afterEach(() => processes.restore());

// Every kind of fake, by every kind of collection.
processes.fake({
  'git *': processes.result({ output: 'x', errorOutput: '', exitCode: 0 }),
  ls: 'a\nb',
  cat: ['a', 'b'],
  bytes: Buffer.from('exactly'),
  false: 1,
  'curl *': (spec, launch) => {
    expectTypeOf(spec).toEqualTypeOf<ProcessSpec>();
    expectTypeOf(launch).toEqualTypeOf<LaunchSpec>();
    return 'answer';
  },
  slow: async () => 3,
  deploy: processes.sequence().push('one').push(1).whenEmpty('more'),
  serve: processes
    .describe()
    .output('booting')
    .errorOutput('warn')
    .delay('2s')
    .output('ready')
    .exitCode(0)
    .iterations(3)
    .id(4242),
  bad: new Error('boom'),
});
processes.fake(new Map([['ls', 'x']]));
processes.fake([
  [/^git/, 'x'],
  [['git', 'push'], 1],
  [(spec) => spec.tag === 'x', new Error('no')],
]);
processes.fake((spec) => spec.command.kind);
processes.fake({}, { recordStrays: true });

// Strays, isolation, and what entry points do.
expectTypeOf(
  processes.allowStrayProcesses(['git *', /x/, ['ls']]).spy(),
).toEqualTypeOf<ProcessManager>();
expectTypeOf(processes.acknowledgeStrays()).toEqualTypeOf<readonly StrayProcessError[]>();
expectTypeOf(processes.isolated(() => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(processes.isolated(async () => 'x')).toEqualTypeOf<Promise<string>>();
expectTypeOf(checkForLeftovers).toEqualTypeOf<() => Promise<void>>();
configureTesting({ restore: false, failOnLeftovers: true });
// @ts-expect-error no such option
configureTesting({ strays: false });
// @ts-expect-error a list of patterns
processes.allowStrayProcesses('git *');

// Secrets may stand for words of a list.
processes.fake([[['login', secret('x')], 'welcome']]);
processes.assertRan(['login', secret`--token=${'x'}`]).recorded(['login', secret('x')]);

processes.describe().perform((child) => {
  child.onSignal('SIGTERM', () => child.exit(3));
  child.onSignal('SIGINT', () => child.exit('SIGINT'));
  child.closeOutput('err');
  expectTypeOf(child.exit).returns.toBeVoid();
});
processes.describe().closeOutput().closeOutput('out').closeInput();
// @ts-expect-error streams are called out and err
processes.describe().closeOutput('stdout');

// @ts-expect-error a promise is no fake, a function that returns one is
processes.fake({ ls: Promise.resolve('x') });
// @ts-expect-error nor is nothing
processes.fake({ ls: undefined });
// @ts-expect-error nor a boolean
processes.fake({ ls: true });

// Every kind of matcher.
processes.assertRan('x').assertRan(/x/).assertRan(['x', 'y']);
processes.assertRan((spec, result) => {
  expectTypeOf(spec).toEqualTypeOf<ProcessSpec>();
  expectTypeOf(result).toEqualTypeOf<ProcessResult>();
  return result.exitCode === 0;
});
processes.assertRanInOrder(['a', /b/, (spec) => spec.cwd === null]);
processes.assertSignalled('x', 'SIGTERM').assertSignalled('x', 15).assertSignalled('x');
// @ts-expect-error a signal has a name or a number
processes.assertSignalled('x', 'TERMINATE');

expectTypeOf(fakeProcesses(app)).toEqualTypeOf<FakeProcesses>();
expectTypeOf(fakeProcesses(processes, { ls: 'x' }).assertRan('ls')).toEqualTypeOf<FakeProcesses>();
expectTypeOf(new FakeDriver({ fakes: { ls: 'x' } })).toExtend<ProcessDriver>();

expectTypeOf<ConformanceCase['run']>().returns.toEqualTypeOf<Promise<void>>();
describeConformance({
  driver: () => new FakeDriver(),
  expectedCapabilities: { remote: false },
  describe: (_name, body) => body(),
  it: (_name, body) => void body(),
});
expectTypeOf(
  checkConformance({ driver: () => new FakeDriver() }),
).resolves.toEqualTypeOf<ConformanceReport>();
expectTypeOf<ConformanceReport['throw']>().returns.toEqualTypeOf<ConformanceReport>();
// What an outcome has depends on how the case ended.
expectTypeOf<ConformanceReport['failed'][number]['error']>().toBeUnknown();
expectTypeOf<ConformanceReport['skipped'][number]['reason']>().toBeString();
expectTypeOf<ConformanceReport['passed'][number]>().not.toHaveProperty('reason');
// @ts-expect-error -- no such capability
void checkConformance({ driver: () => new FakeDriver(), expectedCapabilities: { wings: true } });
// @ts-expect-error -- a driver is made for each case
void checkConformance({ driver: new FakeDriver() });
