import { Capture } from '../../src/capture/capture.js';
import type { OutputType } from '../../src/contracts/output-callback.js';
import type { ProcessDraft } from '../../src/process/process-draft.js';
import { HandMadeHandle } from './hand-made-handle.js';
import { makeSpec } from './spec.js';

/** A capture of a hand-made process. */
export class Captured {
  readonly handle = new HandMadeHandle();
  readonly limits: OutputType[] = [];
  readonly losses: unknown[] = [];
  readonly capture: Capture;

  constructor(draft: Partial<ProcessDraft> = {}) {
    this.capture = new Capture(
      this.handle,
      makeSpec(draft),
      (type) => this.limits.push(type),
      (error) => this.losses.push(error),
    );
    this.capture.start();
  }

  /** Prints, and resolves when the capture has it. */
  async print(text: string | Buffer, type: OutputType = 'out'): Promise<void> {
    const bytes = Buffer.from(text);
    const wanted = this.capture.retention(type).total + bytes.length;
    const arrived = new Promise<void>((resolve) => {
      const remove = this.capture.add({
        accept: () => {
          if (this.capture.retention(type).total < wanted) return;
          remove();
          resolve();
        },
      });
    });
    (type === 'out' ? this.handle.stdout : this.handle.stderr).write(bytes);
    await arrived;
  }

  /** Ends both streams. */
  async end(): Promise<void> {
    this.handle.end();
    await this.capture.ended;
  }
}

/** Resolves once everything that can run without further input has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      setImmediate(resolve);
    });
  });
}

/** A promise with its handles. */
export class Gate {
  readonly opened: Promise<void>;
  open!: () => void;
  fail!: (error: unknown) => void;

  constructor() {
    this.opened = new Promise((resolve, reject) => {
      this.open = resolve;
      this.fail = reject;
    });
  }
}
