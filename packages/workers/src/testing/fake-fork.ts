import type { Ipc } from '@proc/ipc/client';
import { realTime } from '@proc/core/internal';
import { encodeError } from '../errors/encode-error.js';
import { uncloneableError } from '../errors/uncloneable-value-error.js';
import { loadTask } from '../functions/load-task.js';
import { unwrapTransfers } from '../functions/transfer.js';
import {
  type ForkAnswer,
  type ForkFrame,
  type ForkOrder,
  type FromFork,
  fromFork,
} from '../parallel/fork/fork-messages.js';
import type { ForkedProcess } from '../parallel/fork/forked-process.js';
import type { HubSource } from '../pool/hub-source.js';
import { IpcSession } from '../pool/ipc-session.js';
import { WorkerIpc } from '../worker/worker-ipc.js';
import { copied, endOf } from './fake-backend.js';
import type { FakeScope } from './fake-scope.js';

interface End {
  readonly exitCode: number | null;
  readonly answer?: ForkAnswer;
}

let started = 0;

/** A process that is none: runs its one function in this very thread, or what is faked for it. */
export class FakeFork implements ForkedProcess {
  readonly pid: number;
  readonly #scope: FakeScope;
  readonly #abort = new AbortController();
  readonly #ended: Promise<End>;
  readonly #ipc: WorkerIpc;
  #end!: (end: End) => void;
  #running = true;
  /** Said, and not yet heard. */
  readonly #said: FromFork[] = [];
  #wake: () => void = () => undefined;
  #stderr = '';

  constructor(scope: FakeScope, hub: HubSource) {
    this.#scope = scope;
    started += 1;
    this.pid = 2 ** 23 + started;
    const name = `fork ${this.pid}`;
    const session = new IpcSession(
      hub,
      () => name,
      (frame) => {
        const copy = copied(frame);
        realTime.setImmediate(() => this.#ipc.receive(copy));
      },
    );
    this.#ipc = new WorkerIpc(name, (frame) => {
      const copy = copied(frame);
      realTime.setImmediate(() => session.receive(copy));
    });
    this.#ended = new Promise((resolve) => {
      this.#end = (end) => {
        this.#running = false;
        session.end();
        resolve(end);
      };
    });
  }

  running(): boolean {
    return this.#running;
  }

  output(): string {
    return '';
  }

  errorOutput(): string {
    return this.#stderr;
  }

  signal(): void {
    this.#abort.abort();
    this.#end({ exitCode: null });
  }

  async send(message: ForkOrder | ForkFrame): Promise<void> {
    if (!('ipc' in message)) void this.#obey(copied(message));
  }

  async *messages(): AsyncGenerator<FromFork> {
    while (this.#running || this.#said.length > 0) {
      yield* this.#said.splice(0);
      const more = new Promise<void>((resolve) => (this.#wake = resolve));
      if (this.#running) await Promise.race([more, this.#ended]);
    }
    const { answer } = await this.#ended;
    if (answer !== undefined) yield fromFork(answer);
  }

  async wait(): Promise<{ readonly exitCode: number | null }> {
    return this.#ended;
  }

  async stop(): Promise<void> {
    this.signal();
  }

  async #obey({ reference, args }: ForkOrder): Promise<void> {
    try {
      const loaded = await loadTask(reference);
      const { fn } = this.#scope.wrap({
        kind: 'fork',
        reference: reference.kind === 'chunk' ? reference.of : reference,
        crash: (crash) => {
          const { exitCode, stderr } = endOf(crash);
          this.#stderr = stderr;
          this.#end({ exitCode });
        },
      })(loaded);
      const { with: given, require, import: load } = loaded;
      const { signal } = this.#abort;
      const own = { attempt: 1, depth: 1, workerId: 0, aborted: false, signal };
      const connection = this.#ipc;
      let ipc: Ipc | undefined;
      const result = await fn(...args, {
        ...{ with: given, require, import: load, ...own },
        emit: (value: unknown) => {
          this.#said.push(fromFork({ emitted: copiedValue('message', value) }));
          this.#wake();
        },
        get ipc() {
          return (ipc ??= connection.forTask());
        },
      });
      this.#end({ exitCode: 0, answer: { value: copiedValue('result', result) } });
    } catch (error) {
      this.#end({ exitCode: 1, answer: { error: encodeError(error) } });
    }
  }
}

function copiedValue(role: 'message' | 'result', given: unknown): unknown {
  const { value } = unwrapTransfers(given, 'process');
  try {
    return copied(value);
  } catch (cause) {
    throw uncloneableError(role, value, 'process', cause);
  }
}
