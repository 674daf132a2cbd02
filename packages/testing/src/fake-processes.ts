import type { ProcessDriver, ProcessManager } from '@proc/core';
import { ProcessAssertions } from './assertions/process-assertions.js';
import { FakeDriver } from './driver/fake-driver.js';
import { InterceptingDriver, type Interception } from './driver/intercepting-driver.js';
import type { FakeClosure, FakeHandler, FakeHandlers } from './fakes/fake-handler.js';
import type { FakeOutputValue } from './fakes/fake-output.js';
import { FakeProcessDescription } from './fakes/fake-process-description.js';
import { FakeProcessResult, type FakeResultOptions } from './fakes/fake-process-result.js';
import { FakeProcessSequence } from './fakes/fake-process-sequence.js';
import { FakeRegistry } from './fakes/fake-registry.js';
import { matchesProcess, type CommandMatcher } from './matching/command-matcher.js';
import type { FakeOptions, ProcessFakes } from './process-fakes.js';
import type { RecordedProcess } from './recording/recorded-process.js';
import { Recorder } from './recording/recorder.js';

/** The fakes of one manager. They belong to it, and to no other. */
export class FakeProcesses extends ProcessAssertions implements ProcessFakes {
  protected readonly registry = new FakeRegistry();
  protected readonly recorder = new Recorder();
  readonly #manager: ProcessManager;
  #stepOut: (() => void) | undefined;
  #hasFakeDriver = false;
  #preventsStrays = false;
  #recordsStrays = false;

  /** Use {@link installFakes}, which makes one per manager. */
  constructor(manager: ProcessManager) {
    super();
    this.#manager = manager;
    manager.use(this.recorder.middleware);
    manager.extend('fake', () => this.#makeDriver());
  }

  fake(handlers?: FakeHandlers | FakeClosure, options: FakeOptions = {}): this {
    this.registry.register(handlers);
    this.#recordsStrays = options.recordStrays ?? this.#recordsStrays;
    return this.#stepIn();
  }

  result(
    output: FakeOutputValue | FakeResultOptions = '',
    errorOutput: FakeOutputValue = '',
    exitCode = 0,
  ): FakeProcessResult {
    return isOutput(output)
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
    this.#preventsStrays = true;
    return this.#stepIn();
  }

  restore(): void {
    this.#stepOut?.();
    this.#stepOut = undefined;
    this.#preventsStrays = false;
    this.#recordsStrays = false;
    this.registry.clear();
    this.recorder.clear();
  }

  recorded(filter?: CommandMatcher): readonly RecordedProcess[] {
    const { processes } = this.recorder;
    return filter === undefined
      ? processes
      : processes.filter((process) => matchesProcess(filter, process));
  }

  isRecording(): boolean {
    return this.#stepOut !== undefined || this.#hasFakeDriver;
  }

  #stepIn(): this {
    const decorate = (real: ProcessDriver): ProcessDriver =>
      new InterceptingDriver(real, this.#interception());
    this.#stepOut ??= this.#manager.decorateDrivers(decorate);
    return this;
  }

  #interception(): Interception {
    return {
      registry: this.registry,
      recorder: this.recorder,
      preventsStrays: this.#preventsStrays,
      recordsStrays: this.#recordsStrays,
    };
  }

  #makeDriver(): FakeDriver {
    this.#hasFakeDriver = true;
    return new FakeDriver({
      onStart: (launch, process) => this.recorder.recordFake(launch, process),
    });
  }
}

function isOutput(value: FakeOutputValue | FakeResultOptions): value is FakeOutputValue {
  return typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array;
}
