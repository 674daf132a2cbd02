import { realTime } from '@proc/core/internal';
import { startWorker } from '../backends/start-worker.js';
import type { WorkerBackend, WorkerChannel, WorkerLaunch } from '../backends/worker-channel.js';
import type { WorkerState } from '../contracts/worker-pool-stats.js';
import { crossingTo } from '../functions/transfer.js';
import { Kind, type WorkerSetUp } from '../protocol/frames.js';
import { asksOf } from './asks-of.js';
import { EarlyMail } from './early-mail.js';
import { InFlight } from './in-flight.js';
import { Parked } from './parked.js';
import type { Task } from './task.js';
import { STDERR_KEPT, TextTail } from '../backends/text-tail.js';
import { Window } from './window.js';
import { takeItem } from './worker-items.js';
import { WorkerLine } from './worker-line.js';
import type { WorkerOwner } from './worker-owner.js';

/** One worker of a pool from its start to its end: what it was sent, and what it may be sent. */
export class PoolWorker {
  readonly startedAt = realTime.now();
  readonly window = new Window();
  readonly parked = new Parked();
  state: WorkerState = 'starting';
  /** A replacement is on its way; until it is ready, this one goes on. */
  isRetiring = false;
  /** It may be sent no more tasks, since it has had as many as it may. */
  isFull = false;
  isKilled = false;
  /** It has begun to end, and nobody has told it to. */
  isGoing = false;
  /** It was ended since it had more memory than it may. */
  isOverMemory = false;
  /** It is to take the place of another one, and gets no task before. */
  isSpare = false;
  /** Once it is gone: whether it was told to go. */
  expectsEnd = false;
  idleSince = realTime.now();
  /** Tasks that it was sent in all. */
  assigned = 0;
  memory: number | undefined;
  /** The end of what it said on stderr, as far as that is captured. */
  readonly stderr = new TextTail(STDERR_KEPT);
  /** What it could not go on after. */
  fatal: Error | undefined;
  readonly inFlight = new InFlight();
  readonly #channel: WorkerChannel;
  readonly #line: WorkerLine;
  readonly #owner: WorkerOwner;
  readonly #concurrency: number;
  readonly #mail: EarlyMail;
  #seq = 0;
  #isAlone = false;
  #doomed: number | undefined;
  #held: 'busy' | 'idle' = 'busy';

  constructor(
    readonly id: number,
    backend: WorkerBackend,
    launch: WorkerLaunch,
    setUp: WorkerSetUp,
    owner: WorkerOwner,
  ) {
    this.#owner = owner;
    this.#concurrency = setUp.concurrency;
    this.#channel = startWorker(backend, launch, {
      onItems: (items) => {
        for (const item of items) takeItem(this, item, owner);
        this.#owner.onRoom(this);
      },
      onGoing: () => this.#owner.onGoing(this),
      onEnd: (end) => {
        this.expectsEnd = this.state === 'stopping' && this.fatal === undefined;
        this.state = 'gone';
        this.#owner.onEnd(this, end);
      },
    });
    this.#line = new WorkerLine(this.#channel, crossingTo(backend.kind), owner.onSent);
    this.#mail = new EarlyMail(this.#line, this.inFlight);
    this.#begin(setUp);
  }

  get pid(): number | undefined {
    return this.#channel.pid;
  }

  get threadId(): number | undefined {
    return this.#channel.threadId;
  }

  get isIdle(): boolean {
    return this.inFlight.size === 0 && this.parked.length === 0;
  }

  /** What crossed to and from it, where it crosses as bytes. */
  get bytes(): WorkerChannel['bytes'] {
    return this.#channel.bytes;
  }

  get #isNeeded(): boolean {
    return !this.isIdle || (this.state !== 'ready' && this.state !== 'spare');
  }

  /** The last task that it has begun. */
  get lastStarted(): number {
    return this.#channel.started();
  }

  /** Whether it can be sent this task now. */
  hasRoomFor(task: Task): boolean {
    if (!this.#takes(task) || this.#isAlone) return false;
    if (task.isAlone) return this.inFlight.size === 0;
    return this.inFlight.size < this.#concurrency + this.window.size - 1;
  }

  /** What is for it alone it runs also while it is spare, or has had its last task. */
  #takes(task: Task): boolean {
    if (task.target !== this) return this.state === 'ready' && !this.isFull;
    if (this.isGoing || this.#doomed !== undefined) return false;
    return this.state === 'ready' || this.state === 'spare' || this.state === 'leaving';
  }

  /** Takes a task on; {@link flush} sends it. */
  assign(task: Task): void {
    this.#seq += 1;
    const seq = this.#seq;
    this.inFlight.set(seq, task);
    // What prepares it is no work: a new one would have done enough before its first task.
    if (task.target === undefined) this.assigned += 1;
    this.#isAlone = task.isAlone;
    task.worker = this;
    task.seq = seq;
    task.status = 'sent';
    this.#line.addTask(task, asksOf(task, this.window.size > 1));
    this.#mail.expect(task);
  }

  flush(): void {
    this.#line.flush((seq, cause) => {
      const task = this.inFlight.get(seq);
      this.inFlight.delete(seq);
      this.#isAlone = false;
      if (task !== undefined) this.#owner.onUnsendable(this, task, cause);
    });
    this.#mail.deliver();
    this.hold();
  }

  /** Whether this program stays for it. */
  hold(state: 'busy' | 'idle' = this.#isNeeded ? 'busy' : 'idle'): void {
    if (state === this.#held) return;
    this.#held = state;
    this.#channel.hold(state);
  }

  /** @throws {@link UncloneableValueError} */
  message(task: Task, value: unknown): void {
    this.flush();
    this.#line.sendMessage(task.seq, value);
  }

  /** @throws a `DataCloneError` for what can not be copied */
  sendIpc(frame: unknown): void {
    this.flush();
    this.#line.sendIpc(frame);
  }

  /** Asks a task to end; nobody waits for it any more. */
  abandon(seq: number, reason: Error): void {
    this.inFlight.abandon(seq);
    this.#channel.abort(seq);
    this.#line.addCancel(seq, reason);
    this.flush();
  }

  /** @returns whether a task will never begin; when not, it has, or is {@link WorkerOwner.onDropped} */
  withdraw({ seq }: Task): boolean {
    this.flush();
    return this.#channel.withdraw(seq);
  }

  /** Tasks that somebody waits for and that may have begun, but for one. */
  runsOthers(than: number): boolean {
    const { lastStarted } = this;
    return [...this.inFlight].some(
      ([seq, task]) => seq !== than && seq <= lastStarted && task !== undefined,
    );
  }

  /** A task has ended; one without a time has not begun. @returns it, unless nobody waits for it any more */
  finish(seq: number, ms: number | undefined): Task | undefined {
    const task = this.inFlight.get(seq);
    if (!this.inFlight.delete(seq)) return undefined;
    this.#isAlone = false;
    if (ms !== undefined) this.window.add(ms);
    if (this.inFlight.size === 0) this.idleSince = realTime.now();
    if (this.#doomed !== undefined && !this.runsOthers(this.#doomed)) this.kill();
    return task;
  }

  /** Ends it before it was ready. Until it is gone it counts, so that no other is started before that is known. */
  failStart(cause: Error): void {
    this.fatal = cause;
    this.#channel.kill();
  }

  /** Ends it as soon as nobody waits for what else it runs. */
  killWhenAlone(seq: number): void {
    this.state = 'leaving';
    this.#doomed = seq;
  }

  ping(beat: number): void {
    this.#line.addPing(beat);
    this.flush();
  }

  askToExit(): void {
    this.state = 'stopping';
    this.#line.addExit();
    this.flush();
  }

  kill(): void {
    if (this.state === 'gone') return;
    this.state = 'stopping';
    this.isKilled = true;
    this.#channel.kill();
  }

  #begin(setUp: WorkerSetUp): void {
    try {
      this.#channel.send([[Kind.setUp, setUp]], []);
    } catch (cause) {
      // What it is to be set up with was changed since it was looked at.
      this.failStart(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }
}
