import { encodeError } from '../errors/late-errors.js';
import { Kind, type ToWorker, type WorkerSetUp } from '../protocol/frames.js';
import { setCurrentDepth } from './current-depth.js';
import { setCurrentIpc } from './current-ipc.js';
import { Outbox } from './outbox.js';
import { redirectOutput } from './redirect-output.js';
import { runHook } from './run-hook.js';
import { TaskRunner } from './task-runner.js';
import { WorkerIpc } from './worker-ipc.js';
import type { WorkerLink } from './worker-link.js';

/** The worker's side of a pool, whatever kind it is: is set up, does what it is told, and leaves. */
export class WorkerRuntime {
  readonly #link: WorkerLink;
  readonly #outbox: Outbox;
  #ipc: WorkerIpc | undefined;
  #setUp: WorkerSetUp | undefined;
  /** What `setup` returned. */
  #setup: unknown;
  /** Once the worker is ready; no task is sent before. */
  #runner: TaskRunner | undefined;
  #leaving = false;

  constructor(link: WorkerLink) {
    this.#link = link;
    this.#outbox = new Outbox(link);
  }

  receive(items: readonly ToWorker[]): void {
    for (const item of items) this.#take(item);
    this.#runner?.advance();
  }

  /** Tells of an error that nobody caught; the worker can not go on. */
  fail(error: unknown): void {
    this.#outbox.add([Kind.fatal, encodeError(error)]);
    this.#outbox.flush();
  }

  /** It ends, whoever has told it to: sends what was said, and that another one is needed. */
  end(): void {
    if (!this.#leaving) this.#outbox.add([Kind.left]);
    this.#outbox.flush();
  }

  /** Runs `teardown` and ends the worker. */
  async leave(): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    try {
      const { teardown, setupData } = this.#setUp ?? {};
      if (teardown !== undefined) await runHook(teardown, [this.#setup, setupData]);
    } catch (error) {
      this.#outbox.add([Kind.fatal, encodeError(error)]);
    }
    this.#outbox.add([Kind.left]);
    this.#outbox.flush();
    this.#link.exit();
  }

  #take(item: ToWorker): void {
    switch (item[0]) {
      case Kind.task:
        this.#runner?.add(item);
        break;
      case Kind.cancel:
        this.#runner?.cancel(item[1], item[2]);
        break;
      case Kind.know:
        this.#runner?.learn(item[1]);
        break;
      case Kind.message:
        this.#runner?.message(item[1], item[2]);
        break;
      case Kind.ping:
        this.#outbox.add([Kind.pong, item[1], this.#link.memory()]);
        break;
      case Kind.ipc:
        this.#ipc?.receive(item[1]);
        break;
      case Kind.exit:
        void this.leave();
        break;
      case Kind.setUp:
        void this.#begin(item[1]);
        break;
      default:
    }
  }

  async #begin(setUp: WorkerSetUp): Promise<void> {
    const { poolId, workerId, concurrency, output, loadTimeoutMs } = setUp;
    this.#setUp = setUp;
    const [link, outbox] = [this.#link, this.#outbox];
    const ipc = new WorkerIpc(`worker ${workerId}`, (frame) => {
      outbox.sendIpc(frame);
    });
    this.#ipc = ipc;
    // An inline worker is inside of the pool only while its tasks run.
    if (link.kind !== 'inline') {
      setCurrentDepth(setUp.depth);
      setCurrentIpc(() => this.#runner?.onlyTask?.ipc ?? ipc.forTask());
      this.#redirect(output);
    }
    try {
      if (setUp.setup !== undefined) this.#setup = await runHook(setUp.setup, [setUp.setupData]);
      const setup = this.#setup;
      const surroundings = { link, outbox, poolId, workerId, ipc, setup };
      const tellsOwners = output === 'capture';
      this.#runner = new TaskRunner(surroundings, { concurrency, tellsOwners, loadTimeoutMs });
      this.#outbox.add([Kind.ready]);
    } catch (error) {
      this.#outbox.add([Kind.failed, encodeError(error)]);
    }
    this.#outbox.flush();
  }

  #redirect(output: WorkerSetUp['output']): void {
    if (output === 'capture') {
      redirectOutput((stream, text) => {
        this.#outbox.add([Kind.output, this.#runner?.owner ?? 0, stream, text]);
      });
    } else if (output === 'ignore' && this.#link.kind === 'thread') {
      // Its streams end in memory of this program, where nobody reads them.
      redirectOutput(() => undefined);
    }
  }
}
