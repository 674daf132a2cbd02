import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  LaunchSpec,
  ProcessHandle,
  ProcessMiddleware,
  ProcessResult,
  ProcessSpec,
} from '@proc/core';
import type { FakeProcess } from '../driver/fake-process.js';
import { ObservedHandle } from './observed-handle.js';
import type { RecordedProcess } from './recorded-process.js';
import { recordingOf } from './recording-of.js';
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
  /** Those that have not ended: to count them anew at each start would take longer with each. */
  #running = new Set<Entry>();
  #peak = 0;
  /** What the current attempt has started: other middleware may give each process a specification of its own. */
  readonly #attempt = new AsyncLocalStorage<Entry[]>();
  /** A fake that the driver `fake` has recorded is started through a driver that records strays. */
  readonly #known = new WeakSet<ProcessHandle>();

  /** Brings the results: the outermost middleware, which sees what the caller of the run sees. */
  readonly middleware: ProcessMiddleware = async (spec, next) => {
    const started: Entry[] = [];
    const result = await this.#attempt.run(started, () => next(spec));
    const last = started.at(-1);
    if (last !== undefined) last.result = result;
    return result;
  };

  recordFake(launch: LaunchSpec, process: FakeProcess): void {
    this.#add(launch, {
      handle: process,
      startedAt: process.startedAt,
      stray: false,
      signals: () => process.signals,
      input: () => process.received,
      messages: () => process.messages,
    });
  }

  /** @returns the handle to be used from now on */
  recordStray(launch: LaunchSpec, handle: ProcessHandle): ProcessHandle {
    if (this.#known.has(handle)) return handle;
    const signals: NodeJS.Signals[] = [];
    this.#add(launch, {
      handle,
      startedAt: new Date(),
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
    this.#running = new Set();
    this.#peak = 0;
  }

  #add(launch: LaunchSpec, part: Omit<Entry, 'spec' | 'exited' | 'result'>): void {
    const entry: Entry = {
      ...part,
      spec: launch.spec,
      exited: false,
      result: undefined,
    };
    this.#entries.push(entry);
    this.#known.add(entry.handle);
    this.#attempt.getStore()?.push(entry);
    this.#running.add(entry);
    this.#peak = Math.max(this.#peak, this.#running.size);
    void entry.handle.exited.then(() => {
      entry.exited = true;
      this.#running.delete(entry);
    });
  }
}

function snapshotOf(entry: Entry): RecordedProcess {
  const { spec, handle, stray, startedAt } = entry;
  return recordingOf({
    spec,
    result: entry.result ?? new UnfinishedResult(spec, handle.pid, startedAt),
    running: entry.result === undefined && !entry.exited,
    pid: handle.pid,
    input: entry.input(),
    messages: Object.freeze(entry.messages()),
    signals: Object.freeze(entry.signals()),
    stray,
  });
}
