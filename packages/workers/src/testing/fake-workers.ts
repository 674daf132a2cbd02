import { InvalidArgumentError } from '@proc/core';
import { registerErrorClass } from '../errors/error-classes.js';
import { useFakes } from '../manager/fakes-of.js';
import type { WorkerManager } from '../manager/worker-manager.js';
import { forgetFakes, rememberFakes } from './after-each-test.js';
import { StrayTaskError } from './errors/stray-task-error.js';
import { TaskSequenceEmptyError } from './errors/task-sequence-empty-error.js';
import { fakeBackend } from './fake-backend.js';
import { FakeFork } from './fake-fork.js';
import { FakeScope } from './fake-scope.js';
import { FakeTaskDescription } from './fake-task-description.js';
import { FakeTaskSequence } from './fake-task-sequence.js';
import { judgeTasks, type TaskVerdict } from './judge-tasks.js';
import { TaskAssertions } from './task-assertions.js';
import type { TaskFake, TaskFakeClosure, TaskFakes } from './task-fake.js';
import type { TaskPattern } from './task-pattern.js';

/**
 * The fakes of one {@link WorkerManager}: of all its pools, and of `map`, `tasks`, `fork` and their like. While there
 * are any, no worker is started. Pools are real, and so are queues, limits, retries and events; functions are checked
 * for what they capture, and values copied, as in production.
 */
export class FakeWorkers extends TaskAssertions implements Disposable {
  readonly #workers: WorkerManager;
  #scope: FakeScope | undefined;
  /** Strays that were prevented before fakes were taken back, and that somebody will ask for. */
  #left: readonly StrayTaskError[] = [];
  #stepOut: (() => Promise<void>) | undefined;

  /** @internal Use `fakeWorkers()`, which makes one per manager. */
  constructor(workers: WorkerManager) {
    super();
    this.#workers = workers;
    registerErrorClass(StrayTaskError);
    registerErrorClass(TaskSequenceEmptyError);
  }

  /** @internal */
  protected get scope(): FakeScope | undefined {
    return this.#scope;
  }

  /**
   * Fakes tasks from now on, and records them. Without arguments every task returns nothing; with a function it decides
   * for everything. Both replace earlier fakes; a collection adds to them, and the most recently registered match wins.
   *
   * What no fake is registered for runs in this thread, unless {@link preventStrayTasks}.
   */
  fake(fakes?: TaskFakes | TaskFakeClosure): this {
    this.#stepIn().registry.register(fakes);
    return this;
  }

  /** Records tasks, runs them in this thread, and fakes nothing. Same as `fake({})`. */
  spy(): this {
    return this.fake({});
  }

  /** What a task does, step by step. */
  describe(): FakeTaskDescription {
    return new FakeTaskDescription();
  }

  /** Fakes that are used one after the other. */
  sequence(fakes?: readonly TaskFake[]): FakeTaskSequence {
    return new FakeTaskSequence(fakes);
  }

  /** Makes every task fail with a {@link StrayTaskError} that is not faked. Needs no `fake()`. */
  preventStrayTasks(): this {
    this.#stepIn().prevent();
    return this;
  }

  /** Lets some run although strays are prevented; without patterns, strays are prevented no longer. */
  allowStrayTasks(patterns?: readonly TaskPattern[]): this {
    this.#stepIn().allow(patterns);
    return this;
  }

  /** The errors of strays that were prevented since the last call. What has been asked for is expected. */
  acknowledgeStrays(): readonly StrayTaskError[] {
    const refused = [...this.#left, ...(this.#scope?.acknowledge() ?? [])];
    this.#left = [];
    return refused;
  }

  /**
   * For the matchers of `@proc/testing`: `expect(fakes).toHaveRun('resize')`, `toHaveRunTimes` and `toHaveRunInOrder`.
   *
   * @throws {@link TaskAssertionError} where nothing is recorded: then neither the one nor its opposite can be said
   */
  judge(matcher: string, args: readonly unknown[]): TaskVerdict {
    this.recording();
    return judgeTasks(this, matcher, args);
  }

  /** Takes all fakes and recordings back: what is submitted from now on is real. What a fake has begun fails. */
  restore(): void {
    this.#left = forgetFakes(this) ? this.acknowledgeStrays() : [];
    this.#scope = undefined;
    void this.#stepOut?.();
    this.#stepOut = undefined;
  }

  [Symbol.dispose](): void {
    this.restore();
  }

  #stepIn(): FakeScope {
    if (this.#scope !== undefined) return this.#scope;
    const scope = new FakeScope((id) => this.#workers.task(id));
    this.#scope = scope;
    rememberFakes(this);
    this.#stepOut = useFakes(this.#workers, {
      backend: (kind) => fakeBackend(kind, scope),
      fork: () => new FakeFork(scope, () => this.#workers.hub()),
      wrap: () => scope.wrap({ kind: 'inline', crash: refuseCrash }),
    });
    return scope;
  }
}

function refuseCrash(): never {
  throw new InvalidArgumentError(
    'A task within a task runs in the same worker: let the fake of the outer one crash.',
  );
}
