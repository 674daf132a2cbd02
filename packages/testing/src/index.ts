export { fakeProcesses } from './fake-application.js';
export { FakeProcesses } from './fake-processes.js';
export type { Managed } from './managed-by.js';
export { installFakes } from './install-fakes.js';
export type { FakeOptions, ProcessFakes } from './process-fakes.js';
export { TestingServiceProvider } from './testing-service-provider.js';

export { settled } from './clock/settled.js';
export { virtualClock, VirtualClock, type VirtualClockOptions } from './clock/virtual-clock.js';

export { FakeDriver, type FakeDriverOptions } from './driver/fake-driver.js';
export { FakeProcess } from './driver/fake-process.js';
export type { FakeChannel } from './driver/fake-channel.js';
export type { FakeObserver } from './driver/start-fake.js';

export type { FakeClosure, FakeHandler, FakeHandlers, FakeValue } from './fakes/fake-handler.js';
export type { FakeOutputValue } from './fakes/fake-output.js';
export { FakeProcessDescription } from './fakes/fake-process-description.js';
export { FakeProcessResult, type FakeResultOptions } from './fakes/fake-process-result.js';
export { FakeProcessSequence } from './fakes/fake-process-sequence.js';
export type { FakeChild, FakeProgram } from './fakes/fake-program.js';
export type { FakeReply, FakeScript, FakeStep, StartFailure } from './fakes/fake-script.js';

export type { CommandMatcher, ProcessPredicate } from './matching/command-matcher.js';
export type { CommandPattern, CommandPredicate } from './matching/command-pattern.js';
export type { RecordedProcess } from './recording/recorded-process.js';

export { checkForLeftovers } from './leaks/check-for-leftovers.js';
export { configureTesting, type TestingOptions } from './runners/testing-options.js';
export type {
  OnceEnded,
  OutputMatcher,
  ProcessMatchers,
  SignalledArguments,
} from './matchers/matcher-types.js';

export { AssertionFailedError } from './errors/assertion-failed-error.js';
export { EndlessTimeError } from './errors/endless-time-error.js';
export { SequenceEmptyError } from './errors/sequence-empty-error.js';
export { StrayProcessError } from './errors/stray-process-error.js';
