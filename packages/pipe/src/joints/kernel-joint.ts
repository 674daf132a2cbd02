import type { KernelPipe } from '../streams/kernel-pipe.js';
import type { Joint } from './joint.js';

/**
 * Two programs joined by the operating system. Our copies of the descriptors must be closed as soon as the programs
 * have theirs, or the reader would never see the end, nor the writer that nobody reads.
 */
export class KernelJoint implements Joint {
  readonly bytes = null;
  /** Not known here; the writer's SIGPIPE tells. */
  readonly closedEarly = false;
  readonly #pipe: KernelPipe;

  constructor(pipe: KernelPipe) {
    this.#pipe = pipe;
  }

  get output(): { readonly fd: number } {
    return descriptor(() => this.#pipe.writer);
  }

  get stdin(): { readonly fd: number } {
    return descriptor(() => this.#pipe.reader);
  }

  writerStarted(): void {
    this.#pipe.closeWriter();
  }

  readerStarted(): void {
    this.#pipe.closeReader();
  }

  writerEnded(): void {
    this.#pipe.closeWriter();
  }

  readerEnded(): void {
    this.#pipe.closeReader();
  }
}

/** Looked at by every start: a middleware may start a stage again, when the number may be that of something else. */
function descriptor(current: () => number): { readonly fd: number } {
  return {
    get fd() {
      return current();
    },
  };
}
