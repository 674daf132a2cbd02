import {
  InvalidArgumentError,
  type Clock,
  type ProcessDriver,
  type ProcessManager,
} from '@proc/core';
import { readObject, showValue } from '@proc/core/internal';
import { AsyncLocalStorage } from 'node:async_hooks';
import { ProcessAssertions } from './assertions/process-assertions.js';
import { FakeDriver } from './driver/fake-driver.js';
import { InterceptingDriver } from './driver/intercepting-driver.js';
import type { StrayProcessError } from './errors/stray-process-error.js';
import { FakeScope } from './fake-scope.js';
import type { FakeClosure, FakeHandler, FakeHandlers } from './fakes/fake-handler.js';
import { isFakeOutput, type FakeOutputValue } from './fakes/fake-output.js';
import { FakeProcessDescription } from './fakes/fake-process-description.js';
import { FakeProcessResult, type FakeResultOptions } from './fakes/fake-process-result.js';
import { FakeProcessSequence } from './fakes/fake-process-sequence.js';
import { matchesProcess, requireMatcher, type CommandMatcher } from './matching/command-matcher.js';
import type { CommandPattern } from './matching/command-pattern.js';
import type { FakeOptions, ProcessFakes } from './process-fakes.js';
import type { RecordedProcess } from './recording/recorded-process.js';
import { forgetFakes, rememberFakes } from './runners/fakes-in-use.js';
import { swallowedStrays } from './strays/swallowed-strays.js';

const OPTIONS = ['recordStrays', 'clock'];

/** The fakes of one manager. They belong to it, and to no other. */
export class FakeProcesses extends ProcessAssertions implements ProcessFakes {
  /** Whose they are. */
  readonly manager: ProcessManager;
  readonly #shared = new FakeScope();
  readonly #isolated = new AsyncLocalStorage<FakeScope>();
  #stepOut: (() => void) | undefined;
  #hasIsolated = false;
  #hasFakeDriver = false;

  /** @internal Use {@link installFakes}, which makes one per manager. */
  constructor(manager: ProcessManager) {
    super();
    this.manager = manager;
    manager.use((spec, next) => this.scope.recorder.middleware(spec, next));
    manager.extend('fake', () => this.#makeDriver());
  }

  /** @internal That of the isolated part of a test which calls, or else that of the manager. */
  protected get scope(): FakeScope {
    return this.#isolated.getStore() ?? this.#shared;
  }

  fake(handlers?: FakeHandlers | FakeClosure, options: FakeOptions = {}): this {
    const { recordStrays, clock } = readObject(options, 'Options of fakes are given as', OPTIONS);
    const { scope } = this;
    scope.registry.register(handlers);
    scope.recordsStrays = recordStrays ?? scope.recordsStrays;
    if (clock !== undefined) scope.goBy(clock);
    return this.#stepIn();
  }

  spy(): this {
    return this.fake({}, { recordStrays: true });
  }

  result(
    output: FakeOutputValue | FakeResultOptions = '',
    errorOutput: FakeOutputValue = '',
    exitCode = 0,
  ): FakeProcessResult {
    return isFakeOutput(output)
      ? new FakeProcessResult({ output, errorOutput, exitCode })
      : new FakeProcessResult(output);
  }

  describe(): FakeProcessDescription {
    return new FakeProcessDescription();
  }

  sequence(values: readonly FakeHandler[] = []): FakeProcessSequence {
    return new FakeProcessSequence(values);
  }

  preventStrayProcesses(): this {
    this.scope.strays.prevent();
    return this.#stepIn();
  }

  allowStrayProcesses(patterns?: readonly CommandPattern[]): this {
    this.scope.strays.allow(patterns);
    return this;
  }

  acknowledgeStrays(): readonly StrayProcessError[] {
    return this.scope.strays.acknowledge();
  }

  async isolated<T>(body: () => T | Promise<T>): Promise<T> {
    if (typeof body !== 'function') {
      throw new InvalidArgumentError(`A part of a test is a function; got ${showValue(body)}.`);
    }
    const scope = new FakeScope(this.scope.strays.copy());
    this.#hasIsolated = true;
    this.#decorate();
    try {
      const answer = await this.#isolated.run(scope, async () => body());
      const refused = scope.strays.acknowledge();
      if (refused.length > 0) throw swallowedStrays(refused);
      return answer;
    } finally {
      scope.releaseClock();
    }
  }

  restore(): void {
    this.scope.reset();
    if (this.scope !== this.#shared) return;
    if (forgetFakes(this)) this.scope.strays.acknowledge();
    // What an isolated part has left running must not become real.
    if (this.#hasIsolated) return;
    this.#stepOut?.();
    this.#stepOut = undefined;
  }

  recorded(filter?: CommandMatcher): readonly RecordedProcess[] {
    const { processes } = this.scope.recorder;
    if (filter === undefined) return processes;
    requireMatcher(filter);
    return processes.filter((process) => matchesProcess(filter, process));
  }

  isRecording(): boolean {
    return this.scope.isActive || this.#hasFakeDriver;
  }

  #stepIn(): this {
    const { scope } = this;
    scope.activate();
    rememberFakes(this);
    this.#decorate();
    return this;
  }

  #decorate(): void {
    const decorate = (real: ProcessDriver): ProcessDriver => {
      const { scope } = this;
      if (!scope.isActive) return real;
      const { registry, recorder, recordsStrays } = scope;
      const strays = scope.strays.rule;
      const clock = (): Clock => this.manager.clock;
      return new InterceptingDriver(real, { registry, recorder, recordsStrays, strays, clock });
    };
    this.#stepOut ??= bothOf(
      this.manager.decorateDrivers(decorate),
      this.manager.useClock(() => this.scope.clock),
    );
  }

  #makeDriver(): FakeDriver {
    this.#hasFakeDriver = true;
    return new FakeDriver({
      clock: () => this.manager.clock,
      onStart: (launch, process) => this.scope.recorder.recordFake(launch, process),
    });
  }
}

function bothOf(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}
