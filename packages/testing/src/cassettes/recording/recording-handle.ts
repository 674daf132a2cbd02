import type { LaunchSpec, ProcessHandle } from '@proc/core';
import type { Readable, Writable } from 'node:stream';
import { ObservedHandle } from '../../recording/observed-handle.js';
import { TappedInput } from './tapped-input.js';
import { TappedOutput } from './tapped-output.js';
import { Timeline } from './timeline.js';

/** Signals after which a process goes on as before. */
const HARMLESS: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>(['SIGSTOP', 'SIGCONT']);

/** A real process of which everything is noted. */
export class RecordingHandle extends ObservedHandle {
  readonly timeline = new Timeline();
  readonly virtual: true | undefined;
  /** Everything that was written to its input. */
  readonly written: Buffer[] = [];
  readonly #stdin: TappedInput | null;
  readonly #stdout: TappedOutput | null;
  readonly #stderr: TappedOutput | null;
  #inputEnded = false;
  #exited = false;

  constructor(handle: ProcessHandle, launch: LaunchSpec) {
    super(handle, () => undefined);
    this.virtual = handle.virtual;
    this.#stdout = this.#tap('out', handle.stdout);
    this.#stderr = this.#tap('err', handle.stderr);
    this.#stdin = this.#tapInput(handle.stdin, launch);
    void handle.exited.then(() => {
      this.#exited = true;
    });
  }

  override get stdin(): Writable | null {
    return this.#stdin;
  }

  override get stdout(): Readable | null {
    return this.#stdout;
  }

  override get stderr(): Readable | null {
    return this.#stderr;
  }

  /** Noted before it is sent: a process may answer at once. */
  override signal(signal: NodeJS.Signals): boolean {
    if (this.#exited || HARMLESS.has(signal)) return super.signal(signal);
    const noted = this.timeline.add({ kind: 'signal', signal });
    const sent = super.signal(signal);
    if (!sent) this.timeline.withdraw(noted);
    return sent;
  }

  get hasExited(): boolean {
    return this.#exited;
  }

  /** Whether all of the input was given. */
  get inputEnded(): boolean {
    return this.#inputEnded;
  }

  /** Whether somebody else has the output open, as the process itself has ended. */
  get outputHeld(): boolean {
    const taps = [this.#stdout, this.#stderr].filter((tap) => tap !== null);
    return taps.some((tap) => !tap.ended);
  }

  /** Resolves when it has exited and its output has been read, or is read no more. */
  async settled(): Promise<void> {
    const taps = [this.#stdout, this.#stderr].filter((tap) => tap !== null);
    await Promise.all([this.exited, ...taps.map(closed)]);
  }

  #tap(kind: 'out' | 'err', source: Readable | null): TappedOutput | null {
    if (source === null) return null;
    return new TappedOutput(source, {
      onChunk: (bytes) => this.timeline.add({ kind, bytes }),
      onEnd: () => {
        if (!this.#exited) this.timeline.add({ kind: 'closed', type: kind });
      },
    });
  }

  #tapInput(target: Writable | null, { spec }: LaunchSpec): TappedInput | null {
    if (target === null) return null;
    const isInteractive = spec.input === 'interactive';
    return new TappedInput(target, {
      takesAll: spec.input === 'text' || spec.input === 'bytes',
      onChunk: (bytes) => {
        if (isInteractive) this.timeline.add({ kind: 'in', bytes });
        else this.written.push(bytes);
      },
      onEnd: () => {
        this.#inputEnded = true;
        if (isInteractive && !this.#exited) this.timeline.add({ kind: 'endOfInput' });
      },
    });
  }
}

function closed(stream: Readable): Promise<void> {
  if (stream.closed) return Promise.resolve();
  return new Promise((resolve) => stream.once('close', resolve));
}
