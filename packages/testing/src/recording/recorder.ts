import {
  commandLine,
  type LaunchSpec,
  type ProcessHandle,
  type ProcessMiddleware,
  type ProcessResult,
  type ProcessSpec,
} from '@proc/core';
import type { FakeProcess } from '../driver/fake-process.js';
import { ObservedHandle } from './observed-handle.js';
import type { RecordedProcess } from './recorded-process.js';
import { UnfinishedResult } from './unfinished-result.js';

interface Entry {
  readonly spec: ProcessSpec;
  readonly handle: ProcessHandle;
  readonly stray: boolean;
  readonly startedAt: Date;
  readonly signals: () => readonly NodeJS.Signals[];
  readonly input: () => Buffer;
  readonly messages: () => readonly unknown[];
  exited: boolean;
  result: ProcessResult | undefined;
}

/** Remembers what was started, in order, and how it ended. */
export class Recorder {
  #entries: Entry[] = [];
  #peak = 0;
  /** By the copy of the specification that this attempt, and no other, was started with. */
  readonly #attempts = new WeakMap<ProcessSpec, Entry>();

  /** Brings the results: the outermost middleware, which sees what the caller of the run sees. */
  readonly middleware: ProcessMiddleware = async (spec, next) => {
    const attempt = Object.freeze({ ...spec });
    const result = await next(attempt);
    const entry = this.#attempts.get(attempt);
    if (entry !== undefined) entry.result = result;
    return result;
  };

  recordFake(launch: LaunchSpec, process: FakeProcess): void {
    this.#add(launch, {
      handle: process,
      stray: false,
      signals: () => process.signals,
      input: () => process.received,
      messages: () => process.messages,
    });
  }

  /** @returns the handle to be used from now on */
  recordStray(launch: LaunchSpec, handle: ProcessHandle): ProcessHandle {
    const signals: NodeJS.Signals[] = [];
    this.#add(launch, {
      handle,
      stray: true,
      signals: () => [...signals],
      input: () => Buffer.alloc(0),
      messages: () => [],
    });
    return new ObservedHandle(handle, (signal) => signals.push(signal));
  }

  /** In the order of their starts. */
  get processes(): readonly RecordedProcess[] {
    return this.#entries.map(snapshotOf);
  }

  /** The largest number that ran at the same time. */
  get peakConcurrency(): number {
    return this.#peak;
  }

  clear(): void {
    this.#entries = [];
    this.#peak = 0;
  }

  #add(
    launch: LaunchSpec,
    part: Pick<Entry, 'handle' | 'stray' | 'signals' | 'input' | 'messages'>,
  ): void {
    const entry: Entry = {
      ...part,
      spec: launch.spec,
      startedAt: new Date(),
      exited: false,
      result: undefined,
    };
    this.#entries.push(entry);
    this.#attempts.set(launch.spec, entry);
    this.#peak = Math.max(this.#peak, this.#entries.filter(({ exited }) => !exited).length);
    void entry.handle.exited.then(() => {
      entry.exited = true;
    });
  }
}

function snapshotOf(entry: Entry): RecordedProcess {
  const { spec, handle, stray, startedAt } = entry;
  return Object.freeze({
    spec,
    command: commandLine(spec.command),
    result: entry.result ?? new UnfinishedResult(spec, handle.pid, startedAt),
    running: entry.result === undefined && !entry.exited,
    pid: handle.pid,
    input: entry.input(),
    messages: Object.freeze(entry.messages()),
    signals: Object.freeze(entry.signals()),
    stray,
  });
}
