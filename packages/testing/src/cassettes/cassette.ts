import type { Clock, LaunchSpec, ProcessHandle } from '@proc/core';
import { realTime, secretsOf, SecretTable } from '@proc/core/internal';
import { FakeProcess } from '../driver/fake-process.js';
import type { CassetteStart } from './cassette-driver.js';
import type { CassetteMode } from './cassette-mode.js';
import type { CassetteOptions } from './cassette-options.js';
import { CassetteIncompleteError } from './errors/cassette-incomplete-error.js';
import type { CassetteMissError } from './errors/cassette-miss-error.js';
import type { StoredEntry } from './file/cassette-entry.js';
import type { CassetteFile } from './file/cassette-file.js';
import { keepSame } from './file/keep-same.js';
import { describeCall, lineOf, type Call } from './matching/describe-call.js';
import { EntryShelf } from './matching/entry-shelf.js';
import { explainMiss } from './matching/explain-miss.js';
import type { Transcript } from './matching/transcript.js';
import { RecordedCall } from './recording/recorded-call.js';
import { RecordingHandle } from './recording/recording-handle.js';
import { storedStartError } from './recording/stored-start-error.js';
import { currentAttempt } from './replaying/late-failure.js';
import { replayedScript } from './replaying/replayed-script.js';
import { replayedStartError } from './replaying/replayed-start-error.js';

/** What a cassette is made of. */
export interface CassetteParts {
  readonly file: CassetteFile;
  readonly mode: CassetteMode;
  /** `undefined`: there is no file. */
  readonly entries: readonly StoredEntry[] | undefined;
  readonly transcript: Transcript;
  readonly options: CassetteOptions;
  /** What is replayed goes by it. */
  readonly clock: () => Clock;
  /** Lets go of the manager and of the file. */
  readonly release: () => void;
}

type Start = (launch: LaunchSpec) => Promise<ProcessHandle>;

/** A cassette in use. Made by `useCassette()`; its end, by `await using` or `eject()`, writes what was recorded. */
export class Cassette implements AsyncDisposable {
  /** The absolute path of the file. */
  readonly path: string;
  readonly mode: CassetteMode;
  readonly #parts: CassetteParts;
  readonly #shelf: EntryShelf;
  readonly #recorded: RecordedCall[] = [];
  readonly #handles: RecordingHandle[] = [];
  readonly #misses: CassetteMissError[] = [];
  /** All that any of its processes must not show. */
  readonly #secrets = new SecretTable();
  #ejected = false;
  #discarded = false;

  /** @internal Made by {@link useCassette}. */
  constructor(parts: CassetteParts) {
    this.#parts = parts;
    this.path = parts.file.path;
    this.mode = parts.mode;
    this.#shelf = new EntryShelf(parts.entries ?? [], parts.options.match ?? {});
  }

  /** The command lines that have been recorded and that nothing has asked for, when replaying. */
  get unused(): readonly string[] {
    return this.mode === 'replay' ? this.#shelf.unused.map(lineOf) : [];
  }

  /** What was asked for and had not been recorded, also where the code under test has caught the error. */
  get misses(): readonly CassetteMissError[] {
    return [...this.#misses];
  }

  /** Writes nothing at the end: of a test that has failed, say. */
  discard(): void {
    this.#discarded = true;
  }

  /**
   * Ends it: what runs from now on is real. Writes what was recorded, if that is something else than there was.
   * Idempotent.
   *
   * @throws {@link CassetteIncompleteError} when something recorded still runs, or was not used and had to be
   */
  async eject(): Promise<void> {
    if (this.#ejected) return;
    this.#ejected = true;
    this.#parts.release();
    if (this.mode === 'replay') this.#requireUsed();
    // What has exited is about to settle, unless somebody else has its output.
    await Promise.all(this.#handles.filter((handle) => handle.hasExited).map(settledSoon));
    if (!this.#discarded) this.#write();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.eject();
  }

  /** @internal */
  readonly start: CassetteStart = async (launch, really) => {
    const { transcript, options } = this.#parts;
    this.#secrets.include(secretsOf(launch.spec));
    const call = describeCall(launch, transcript, options.match ?? {});
    if (this.mode === 'record') return this.#record(call, launch, really);
    const [next] = this.#shelf.candidates(call);
    if (next !== undefined) return this.#replay(call, launch, really);
    if (this.mode === 'update') return this.#record(call, launch, really);
    throw this.#miss(call);
  };

  async #record(call: Call, launch: LaunchSpec, really: Start): Promise<RecordingHandle> {
    const recorded = new RecordedCall(call, launch);
    this.#recorded.push(recorded);
    try {
      const handle = new RecordingHandle(await really(launch), launch);
      recorded.startedAs(handle);
      this.#handles.push(handle);
      return handle;
    } catch (error) {
      const stored = storedStartError(error, launch);
      if (stored !== undefined) recorded.failedToStart(stored);
      throw error;
    }
  }

  #replay(call: Call, launch: LaunchSpec, really: Start): ProcessHandle {
    const { transcript, options } = this.#parts;
    const secrets = secretsOf(launch.spec);
    const entry = this.#shelf.needsInput(call) ? undefined : this.#shelf.take(call);
    if (entry?.startError !== undefined) {
      throw replayedStartError(entry.startError, launch, transcript, secrets);
    }
    const digestOf = (input: Buffer): string => transcript.digest(input, lineOf(call), secrets);
    const script = replayedScript({
      launch,
      call,
      entry,
      transcript,
      timing: options.timing ?? true,
      attempt: currentAttempt(),
      find: (input) => this.#shelf.take(call, digestOf(input)),
      start: this.mode === 'update' ? () => this.#record(call, launch, really) : undefined,
      miss: ({ input, course }) => this.#miss(call, { course, digest: input && digestOf(input) }),
    });
    return new FakeProcess(launch, script, this.#parts.clock());
  }

  #miss(
    call: Call,
    found: { digest?: string | undefined; course?: string | undefined } = {},
  ): CassetteMissError {
    const { entries, options } = this.#parts;
    const error = explainMiss({
      path: this.path,
      call,
      entries,
      match: options.match ?? {},
      ...found,
    });
    this.#misses.push(error);
    return error;
  }

  #requireUsed(): void {
    const { unused } = this;
    if (this.#parts.options.unused !== 'fail' || unused.length === 0 || this.#misses.length > 0) {
      return;
    }
    const list = unused.map((line) => `  ${line}`).join('\n');
    throw new CassetteIncompleteError(
      `Nothing has asked for what the cassette ${this.path} has of:\n${list}\n` +
        "To drop it: PROC_CASSETTES=update, or mode: 'update'.",
      unused,
    );
  }

  #write(): void {
    const { file, entries, transcript, options } = this.#parts;
    if (this.mode === 'replay' || this.mode === 'passthrough') return;
    const complete = this.#recorded.filter(({ ended }) => ended === true);
    const rules = { transcript, timing: options.timing === true, secrets: this.#secrets };
    const written = complete.map((recorded) => recorded.write(rules));
    const kept = this.mode === 'update' ? this.#shelf.used : [];
    const old = this.mode === 'record' ? (entries ?? []) : [];
    // What was recorded before is not lost to a test that failed before it ran anything.
    if (written.length + kept.length > 0) file.write([...kept, ...keepSame(written, old)], entries);
    const running = this.#recorded.filter(({ ended }) => ended === false);
    if (running.length === 0) return;
    const lines = running.map(({ call }) => lineOf(call));
    throw new CassetteIncompleteError(
      `What still runs could not be recorded; stop it before the cassette ends:\n  ${lines.join('\n  ')}`,
      lines,
    );
  }
}

/** How long the output is waited for of what has exited, in milliseconds: somebody else may have it for ever. */
const PATIENCE = 500;

async function settledSoon(handle: RecordingHandle): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = realTime.setTimeout(resolve, PATIENCE);
  });
  await Promise.race([handle.settled(), late]);
  realTime.clearTimeout(timer);
}
