import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { Socket } from 'node:net';
import { orphanGuard, realTime, signalGroup, unpolluted } from '@proc/core/internal';
import { WorkerProtocolError } from '../errors/worker-protocol-error.js';
import type { FromWorker, ToWorker } from '../protocol/frames.js';
import { FrameSocket } from '../protocol/frame-socket.js';
import { requireItems } from '../protocol/require-items.js';
import { entryFile } from './entry-file.js';
import { inheritedOptions } from './inherited-options.js';
import { HeapWatch } from './heap-watch.js';
import { MarkFile } from './mark-file.js';
import { requireDescriptors } from './require-descriptors.js';
import { STDERR_KEPT, TextTail } from './text-tail.js';
import { withdraw } from './withdraw.js';
import type {
  WorkerBackend,
  WorkerChannel,
  WorkerLaunch,
  WorkerListener,
} from './worker-channel.js';

/** The stream of a process that its frames go through. */
const CHANNEL = 3;
/** How abort() ends a process where there are no signals. */
const ABORTED = 134;
/** How long the streams of a process that has ended are waited for; descendants may hold them. */
const STREAMS_MS = 50;
/** How long a process may live on without its channel; it knows itself what that means. */
const DISCONNECTED_MS = 2000;

/** Workers that are child processes. */
export const processBackend: WorkerBackend = {
  kind: 'process',
  start: (launch, listener) => new ProcessChannel(launch, listener),
};

/**
 * Not started through a driver: those have no way to let the program end while a child is idle, and none to pass the
 * file of marks.
 */
class ProcessChannel implements WorkerChannel {
  readonly threadId = undefined;
  readonly #child: ChildProcess;
  /** Not there when the process could not be started. */
  readonly #channel: FrameSocket | undefined;
  readonly #marks: MarkFile;
  readonly #stderr = new TextTail(STDERR_KEPT);
  readonly #heap = new HeapWatch();
  readonly #listener: WorkerListener;
  readonly #unguard: () => void;
  #error: Error | undefined;
  #ended = false;

  constructor(launch: WorkerLaunch, listener: WorkerListener) {
    this.#listener = listener;
    this.#marks = new MarkFile(launch.concurrency);
    let child: ChildProcess;
    try {
      requireDescriptors(`spawn ${process.execPath}`);
      child = unpolluted(() => spawn(process.execPath, this.#words(launch), this.#options(launch)));
    } catch (error) {
      this.#marks.close();
      throw error;
    }
    this.#child = child;
    this.#unguard =
      child.pid === undefined || process.platform === 'win32'
        ? () => undefined
        : orphanGuard.protect(child.pid);
    // More than once where it may not be killed, say.
    child.on('error', (error) => {
      this.#error ??= error;
      if (child.pid === undefined) this.#end(null, null);
    });
    this.#channel = this.#connect(child);
    child.once('exit', (exitCode, signal) => {
      listener.onGoing();
      realTime.setTimeout(() => this.#end(exitCode, signal), STREAMS_MS).unref();
      child.once('close', () => this.#end(exitCode, signal));
    });
    this.#readStderr(launch);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** What went there and came back. */
  get bytes(): { readonly sent: number; readonly received: number } {
    return this.#channel?.bytes ?? { sent: 0, received: 0 };
  }

  send(items: readonly ToWorker[]): void {
    this.#channel?.send(items);
  }

  started(): number {
    return this.#marks.started;
  }

  abort(): void {
    // Processes share nothing; it hears of it by a message.
  }

  withdraw(seq: number): boolean {
    return withdraw(this.#marks, seq);
  }

  hold(state: 'busy' | 'idle'): void {
    const stderr = this.#child.stderr as Socket | null;
    this.#channel?.hold(state);
    if (state === 'busy') {
      this.#child.ref();
      stderr?.ref();
    } else {
      this.#child.unref();
      stderr?.unref();
    }
  }

  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#ended) return;
    // What the task has started goes too.
    if (!signalGroup(pid, 'SIGKILL', false)) this.#child.kill('SIGKILL');
  }

  #connect(child: ChildProcess): FrameSocket | undefined {
    const socket = (child.stdio as ChildProcess['stdio'] | undefined)?.[CHANNEL];
    if (!(socket instanceof Socket)) return undefined;
    return new FrameSocket(socket, {
      check: requireItems,
      onItems: (items) => {
        if (!this.#ended) this.#listener.onItems(items as unknown as readonly FromWorker[]);
      },
      onClose: (error) => {
        if (error !== undefined) {
          this.#error ??= asProtocolError(error);
          this.kill();
        }
        // Without a channel it is of no use, whatever it does.
        realTime
          .setTimeout(() => {
            this.kill();
          }, DISCONNECTED_MS)
          .unref();
      },
    });
  }

  #words({ execArgv, maxHeap }: WorkerLaunch): string[] {
    const heap = maxHeap === undefined ? [] : [`--max-old-space-size=${mebibytes(maxHeap)}`];
    return [...(execArgv ?? inheritedOptions()), ...heap, entryFile('worker/process-entry')];
  }

  #options({ output, env }: WorkerLaunch): SpawnOptions {
    const { descriptor, places } = this.#marks;
    return {
      env: {
        ...process.env,
        ...env,
        PROC_WORKER_MARKS: descriptor === undefined ? '0' : String(places),
      },
      stdio: [
        'ignore',
        output === 'inherit' ? 'inherit' : 'ignore',
        'pipe',
        // As 'pipe', but for Windows, where the other kind holds up whoever reads it.
        'overlapped',
        descriptor ?? 'ignore',
      ],
      // In a group of its own: Ctrl-C is the pool's affair, and a kill reaches whatever a task has started.
      detached: process.platform !== 'win32',
    };
  }

  #readStderr({ output }: WorkerLaunch): void {
    const { stderr } = this.#child;
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr.add(text);
      this.#heap.add(text);
      if (output === 'inherit') process.stderr.write(text);
    });
    stderr?.on('error', () => undefined);
  }

  #end(exitCode: number | null, signal: NodeJS.Signals | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#unguard();
    this.#marks.close();
    const stderr = this.#stderr.text;
    // Whoever holds them else must not hold us.
    this.#child.stderr?.destroy();
    this.#listener.onEnd({
      exitCode,
      signal,
      error: this.#error,
      stderr,
      // It may have printed that for other reasons, and ended by itself.
      outOfMemory: this.#heap.heard && (signal !== null || exitCode === ABORTED),
    });
  }
}

function asProtocolError(error: Error): WorkerProtocolError {
  if (WorkerProtocolError.is(error)) return error;
  return new WorkerProtocolError(error.message, { cause: error });
}

function mebibytes(bytes: number): number {
  return Math.max(1, Math.floor(bytes / 2 ** 20));
}
