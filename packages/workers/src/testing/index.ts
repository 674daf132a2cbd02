export { fakeWorkers } from './fake-manager.js';
export { FakeWorkers } from './fake-workers.js';
export {
  FakeTaskDescription,
  type FakeCrash,
  type FakeTaskEnd,
  type FakeTaskStep,
} from './fake-task-description.js';
export { FakeTaskSequence } from './fake-task-sequence.js';
export type { RecordedTask, RecordedTaskPredicate, RecordedTaskStatus } from './recorded-task.js';
export type { TaskVerdict } from './judge-tasks.js';
export type { TaskMatcher } from './task-assertions.js';
export type { TaskCall } from './task-call.js';
export type { FakeTaskFunction, TaskFake, TaskFakeClosure, TaskFakes } from './task-fake.js';
export type { TaskPattern, TaskPredicate } from './task-pattern.js';
export { StrayTaskError } from './errors/stray-task-error.js';
export { TaskAssertionError } from './errors/task-assertion-error.js';
export { TaskSequenceEmptyError } from './errors/task-sequence-empty-error.js';
