import type { LaunchSpec, OutputType, ProcessExit, SecretTable } from '@proc/core';
import { secretsOf } from '@proc/core/internal';
import type { StoredEntry, StoredStartError, StoredStep } from '../file/cassette-entry.js';
import { storeText } from '../file/stored-text.js';
import { lineOf, type Call } from '../matching/describe-call.js';
import type { Transcript } from '../matching/transcript.js';
import type { RecordingHandle } from './recording-handle.js';
import type { Moment } from './timeline.js';

/** How entries are written. */
export interface WritingRules {
  readonly transcript: Transcript;
  readonly timing: boolean;
  /** All that any process of the cassette must not show. */
  readonly secrets: SecretTable;
}

/** A call that really ran, or failed to. It is written down at the end, when all secrets are known. */
export class RecordedCall {
  readonly call: Call;
  readonly #launch: LaunchSpec;
  #handle: RecordingHandle | undefined;
  #exit: ProcessExit | undefined;
  #startError: StoredStartError | undefined;

  constructor(call: Call, launch: LaunchSpec) {
    this.call = call;
    this.#launch = launch;
  }

  startedAs(handle: RecordingHandle): void {
    this.#handle = handle;
    void handle.exited.then((exit) => {
      this.#exit = exit;
      handle.timeline.add({ kind: 'exit' });
    });
  }

  failedToStart(error: StoredStartError): void {
    this.#startError = error;
  }

  /** Whether it is known how it ended; `undefined` where it never came to a start that could be replayed. */
  get ended(): boolean | undefined {
    if (this.#startError !== undefined) return true;
    return this.#handle === undefined ? undefined : this.#exit !== undefined;
  }

  write(rules: WritingRules): StoredEntry {
    const { kind: _kind, unread, ...call } = this.call;
    const entry = { ...call, ...this.#input(rules), ...(unread && { unread }) };
    if (this.#startError !== undefined) {
      return { ...entry, startError: this.#writtenStartError(this.#startError, rules) };
    }
    const { exitCode, signal } = this.#exit ?? { exitCode: null, signal: null };
    const isHeld = this.#handle?.outputHeld === true && signal === null;
    return {
      ...entry,
      steps: this.#steps(rules),
      exit: signal ?? exitCode ?? 0,
      ...(isHeld && { outputHeld: true }),
    };
  }

  #input({ transcript }: WritingRules): { readonly input?: string } {
    const { kind } = this.call;
    if (kind === 'none') return {};
    if (kind === 'interactive') return { input: 'interactive' };
    if (this.#handle?.inputEnded !== true) return { input: 'partial' };
    const bytes = Buffer.concat(this.#handle.written);
    return { input: transcript.digest(bytes, lineOf(this.call), secretsOf(this.#launch.spec)) };
  }

  #writtenStartError(error: StoredStartError, { transcript }: WritingRules): StoredStartError {
    if (error.directory === undefined) return error;
    const place = { field: 'cwd', command: lineOf(this.call) } as const;
    const secrets = secretsOf(this.#launch.spec);
    return { ...error, directory: transcript.text(error.directory, place, secrets) };
  }

  #steps(rules: WritingRules): readonly StoredStep[] {
    const { timeline } = this.#handle ?? {};
    timeline?.settle();
    const moments = (rules.timing ? timeline?.moments : timeline?.joined()) ?? [];
    const clean = this.#redacted(moments, rules.secrets);
    return moments.flatMap((moment, index) => {
      const after = rules.timing && moment.after > 0 ? { after: moment.after } : {};
      const step = { ...this.#step(moment, clean[index], rules), ...after };
      return Object.keys(step).length === 0 ? [] : [step];
    });
  }

  /** The bytes of each moment without secrets: those of a stream as a whole, as a secret may lie across its pieces. */
  #redacted(moments: readonly Moment[], others: SecretTable): readonly (Buffer | undefined)[] {
    const clean: (Buffer | undefined)[] = moments.map((moment) =>
      'bytes' in moment ? moment.bytes : undefined,
    );
    for (const secrets of [secretsOf(this.#launch.spec), others]) {
      if (secrets.isEmpty) continue;
      for (const kind of ['out', 'err', 'in'] as const) redactStream(moments, clean, kind, secrets);
    }
    return clean;
  }

  #step(moment: Moment, clean: Buffer | undefined, { transcript }: WritingRules): StoredStep {
    switch (moment.kind) {
      case 'exit':
        return {};
      case 'endOfInput':
        return { endOfInput: true };
      case 'closed':
        return { closed: moment.type };
      case 'signal':
        return { signal: moment.signal };
      default: {
        const command = lineOf(this.call);
        const written = transcript.redacted(clean ?? moment.bytes, { field: moment.kind, command });
        const isOther = moment.kind === 'in' && !moment.bytes.equals(Buffer.from(written));
        const field = typeof written === 'string' ? moment.kind : (`${moment.kind}64` as const);
        const value = typeof written === 'string' ? storeText(written) : written.toString('base64');
        return { [field]: value, ...(isOther && { bytes: moment.bytes.length }) };
      }
    }
  }
}

function redactStream(
  moments: readonly Moment[],
  clean: (Buffer | undefined)[],
  kind: OutputType | 'in',
  secrets: SecretTable,
): void {
  const stream = secrets.stream();
  const indexes = [...moments.keys()].filter((index) => moments[index]?.kind === kind);
  const texts = indexes.map((index) => stream.push(clean[index]?.toString('latin1') ?? ''));
  texts.push((texts.pop() ?? '') + stream.flush());
  for (const [at, index] of indexes.entries())
    clean[index] = Buffer.from(texts[at] ?? '', 'latin1');
}
