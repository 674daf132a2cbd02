import type { LaunchSpec, OutputType } from '@proc/core';
import { realTime } from '@proc/core/internal';
import type { Readable } from 'node:stream';
import { FakeFile } from './fake-file.js';
import { FakePipe, PIPE_CAPACITY } from './fake-pipe.js';

/** Where a stream goes; `null` is the null device, or a terminal. */
type Target = FakePipe | FakeFile | null;

/**
 * The output of a fake process on its way to the reader.
 *
 * Keeps the order across stdout and stderr as long as a reader takes from both or from neither, holds the writer back
 * when the reader is slow, and outlives the process as the content of a real pipe does.
 */
export class FakeOutput {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly #targets: Readonly<Record<OutputType, Target>>;
  readonly #open: readonly FakePipe[];
  readonly #closed = new Set<OutputType>();
  /** Chunks so far. */
  #count = 0;
  /** Bytes that wait for their readers. */
  #pending = 0;
  #flushing = false;
  #waiting: (() => void)[] = [];
  /** Woken only when there is room: they may be many. */
  #wantingRoom: (() => void)[] = [];

  constructor(launch: LaunchSpec) {
    const { spec } = launch;
    const changed = (): void => this.#flush();
    const out = launch.stdout === 'pipe' ? new FakePipe(changed) : null;
    const err = launch.stderr === 'pipe' ? new FakePipe(changed) : null;
    this.stdout = out;
    this.stderr = err;
    const outTarget = out ?? FakeFile.of(launch.stdout, spec.stdout);
    const ownErrTarget = err ?? FakeFile.of(launch.stderr, spec.stderr);
    this.#targets = { out: outTarget, err: launch.stderr === 'stdout' ? outTarget : ownErrTarget };
    this.#open = [out, err].filter((pipe) => pipe !== null);
  }

  /** Resolves when somebody reads, so that no order is lost; at the latest after one turn of the event loop. */
  async ready(): Promise<void> {
    const turn = new Promise((resolve) => realTime.setImmediate(resolve));
    await Promise.race([turn, this.#readers()]);
  }

  /**
   * Prints; resolves when there is room for more.
   *
   * @returns whether there is still somebody who could read it
   */
  async write(type: OutputType, bytes: Buffer): Promise<boolean> {
    if (!this.print(type, bytes)) return false;
    while (this.#pending >= PIPE_CAPACITY) {
      await new Promise<void>((resolve) => this.#wantingRoom.push(resolve));
    }
    return true;
  }

  /** Prints, however little room there is. A reader that waits has got it on return. */
  print(type: OutputType, bytes: Buffer): boolean {
    const target = this.#targets[type];
    if (target === null || bytes.length === 0 || this.#closed.has(type)) return true;
    if (target instanceof FakeFile) {
      target.append(bytes);
      return true;
    }
    if (target.destroyed) return false;
    target.wait(this.#count++, bytes);
    this.#pending += bytes.length;
    this.#flush();
    return true;
  }

  /** The program closes a stream, or both: it ends after what has been printed to it. */
  closeStream(type?: OutputType): void {
    for (const each of type === undefined ? (['out', 'err'] as const) : [type]) {
      this.#closed.add(each);
    }
    this.#flush();
  }

  /** Lets the streams end after what has been printed. */
  close(): void {
    this.closeStream();
  }

  #flush(): void {
    // A reader may, in taking a chunk, make the process print or end.
    if (this.#flushing) return;
    this.#flushing = true;
    for (let pipe = this.#next(); pipe !== undefined; pipe = this.#next()) {
      // In two steps: a reader that makes the process print changes the number in between.
      const length = pipe.handOn();
      this.#pending -= length;
    }
    this.#flushing = false;
    this.#end();
    this.#wake();
  }

  /**
   * Whose chunk is the next one that can be handed on: the first of all, or one of the other stream when the reader of
   * the first takes nothing for now but that of the other does.
   */
  #next(): FakePipe | undefined {
    const ready = this.#open.filter((pipe) => pipe.next !== undefined);
    return ready.reduce<FakePipe | undefined>(
      (first, pipe) => ((first?.next ?? Infinity) < (pipe.next ?? Infinity) ? first : pipe),
      undefined,
    );
  }

  #end(): void {
    if (this.#closed.size === 0) return;
    for (const pipe of this.#open) {
      const types = (['out', 'err'] as const).filter((type) => this.#targets[type] === pipe);
      if (types.every((type) => this.#closed.has(type))) pipe.finish();
    }
  }

  async #readers(): Promise<void> {
    while (!this.#open.every((pipe) => pipe.hasReader)) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#pending < PIPE_CAPACITY) {
      waiting.push(...this.#wantingRoom.splice(0));
    }
    for (const resolve of waiting) resolve();
  }
}
