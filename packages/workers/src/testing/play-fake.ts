import { InvalidArgumentError } from '@proc/core';
import { realTime } from '@proc/core/internal';
import type { TaskContext } from '../contracts/task-context.js';
import { FakeTaskDescription, type FakeCrash, type FakeTaskStep } from './fake-task-description.js';
import { FakeTaskSequence } from './fake-task-sequence.js';
import type { FakeTaskFunction, TaskFake } from './task-fake.js';

/** Where a fake is played. */
export interface FakeStage {
  readonly context: TaskContext;
  readonly args: readonly unknown[];
  /** Calls the real function. */
  run(): unknown;
  /** Takes the worker away. */
  crash(crash: FakeCrash): void;
  /** Has the time limit of the task pass. @returns whether it has begun; `undefined` when there is none */
  elapse(): boolean | undefined;
}

/** Does what a fake says, in the place of the function. */
export function playFake(fake: TaskFake, stage: FakeStage): unknown {
  if (fake instanceof FakeTaskDescription) return playDescription(fake, stage);
  if (fake instanceof FakeTaskSequence) return playFake(fake.next(), stage);
  if (fake instanceof Error) throw fake;
  if (typeof fake !== 'function') return fake;
  return (fake as FakeTaskFunction)(...(stage.args as never[]), stage.context as never);
}

async function playDescription(
  { steps, end }: FakeTaskDescription,
  stage: FakeStage,
): Promise<unknown> {
  for (const step of steps) await playStep(step, stage.context);
  switch (end.kind) {
    case 'return':
      return end.value;
    case 'throw':
      throw end.error;
    case 'run':
      return stage.run();
    case 'crash':
      stage.crash(end.crash);
      return new Promise(() => undefined);
    case 'hang':
      return new Promise(() => undefined);
    default:
      return timeOut(stage);
  }
}

async function playStep(step: FakeTaskStep, context: TaskContext): Promise<void> {
  if (step.kind === 'emit') context.emit(step.value);
  else await delayed(step.ms, context.signal);
}

function delayed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

/** The limit counts from when the pool has heard that the task runs. */
async function timeOut(stage: FakeStage): Promise<never> {
  for (;;) {
    const elapsed = stage.elapse();
    if (elapsed === undefined) {
      throw new InvalidArgumentError(
        'Its fake times out, but the task has no timeout: in production it would go on for ever.',
      );
    }
    if (elapsed) throw stage.context.signal.reason as Error;
    await new Promise((resolve) => realTime.setImmediate(resolve));
  }
}
