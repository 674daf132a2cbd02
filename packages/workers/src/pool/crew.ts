import { realTime } from '@proc/core/internal';
import type { WorkerBackend } from '../backends/worker-channel.js';
import { currentDepth } from '../worker/current-depth.js';
import { CrewTotals } from './crew-totals.js';
import { IdleWatch } from './idle-watch.js';
import { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import { Shortage } from './shortage.js';
import { Spares } from './spares.js';
import { StartCircuit } from './start-circuit.js';
import { StartLimits } from './start-limits.js';
import type { Task } from './task.js';
import { timerMs } from './timer-ms.js';
import type { WorkerOwner } from './worker-owner.js';

/** What a crew asks of its pool. */
export interface CrewOwner extends WorkerOwner {
  readonly id: string;
  /** Tasks that wait for any worker, and for how long the first of them has. */
  readonly demand: { readonly tasks: number; readonly waitedMs: number };
  onStart(worker: PoolWorker): void;
  /** Tasks that are to run in other workers, before all others. */
  giveBack(tasks: readonly Task[]): void;
  /** Workers have room. */
  schedule(): void;
}

/** The workers of a pool: starts as many as are needed, and lets those go that are not. */
export class Crew {
  readonly workers = new Set<PoolWorker>();
  readonly circuit: StartCircuit;
  /** What the system may lack for more of them. */
  readonly shortage = new Shortage(() => this.#retry());
  readonly totals = new CrewTotals(this.workers);
  readonly #backend: WorkerBackend;
  readonly #options: ResolvedPoolOptions;
  readonly #owner: CrewOwner;
  readonly #startLimits: StartLimits;
  #nextId = 1;
  #growTimer: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #idle: IdleWatch;
  readonly #spares: Spares;

  constructor(backend: WorkerBackend, options: ResolvedPoolOptions, owner: CrewOwner) {
    this.#backend = backend;
    this.#options = options;
    this.#owner = owner;
    this.#spares = new Spares(this.workers, options.spare, (worker) => {
      // One that still starts takes over when it is ready.
      if (worker.state !== 'ready') return;
      this.#takeOver();
      owner.schedule();
    });
    this.#startLimits = new StartLimits(options.startTimeoutMs);
    this.circuit = new StartCircuit(options.maxStartFailures, options.cooldownMs);
    this.#idle = new IdleWatch(options, this);
  }

  /** Workers that count: those that leave or are replaced do not. */
  get strength(): number {
    let count = 0;
    for (const { state, isRetiring, isGoing, isSpare } of this.workers) {
      if (isRetiring || isGoing || isSpare) continue;
      if (state === 'ready' || state === 'starting') count += 1;
    }
    return count;
  }

  /** Whether tasks wait for any worker. */
  get hasDemand(): boolean {
    return this.#owner.demand.tasks > 0;
  }

  /** Starts what the tasks that wait, and the lower limit, ask for. */
  grow(): void {
    if (this.#closed || this.circuit.isOpen(realTime.now())) return;
    if (this.shortage.holds) {
      if (this.hasDemand) this.shortage.hold();
      return;
    }
    this.#growToDemand();
    // Not before those are there that are needed: they would only hold one another up.
    if (this.strength === 0 || this.#starting > 0 || this.#isDoubtful) return;
    for (let missing = this.#spares.missing; missing > 0; missing -= 1) this.#startNew('spare');
  }

  /** Tries whether what the system lacked is there, if anybody still wants it. */
  #retry(): void {
    const { started } = this.totals;
    this.grow();
    if (this.totals.started === started) this.shortage.end();
  }

  #growToDemand(): void {
    const { min, scaleUpAfterMs } = this.#options;
    const most = this.#most;
    while (this.strength < Math.min(min, most)) this.#start();
    const { tasks, waitedMs } = this.#owner.demand;
    if (tasks <= this.#starting || this.strength >= most) return;
    if (this.strength === 0 || waitedMs >= scaleUpAfterMs) this.#start();
    if (this.strength >= most) return;
    this.#growTimer ??= realTime.setTimeout(
      () => {
        this.#growTimer = undefined;
        this.grow();
      },
      Math.max(1, scaleUpAfterMs - waitedMs),
    );
  }

  /** How many there may be now. One that is tried after failures has to show that it works. */
  get #most(): number {
    const { max } = this.#options;
    if (this.circuit.isTripped) return 1;
    if (!this.shortage.isActive) return max;
    return Math.min(max, this.strength + (this.#starting > 0 ? 0 : 1));
  }

  /** Whether it is not known that another one could be started. */
  get #isDoubtful(): boolean {
    return this.circuit.isTripped || this.shortage.isActive;
  }

  /** One was lost in the middle of its tasks: another one takes its place, whether tasks wait or not. */
  replaceLost(): void {
    if (this.#closed) return;
    this.#spares.lose(() => this.releaseSpares());
    if (this.strength < this.#options.max && !this.#isDoubtful) this.#start();
  }

  /** To be told of one that can be used. */
  ready(worker: PoolWorker): void {
    this.#startLimits.end(worker);
    this.circuit.succeed();
    this.shortage.end();
    this.#spares.succeed();
    if (!worker.isSpare) this.#takeOver();
    else if (this.#spares.missing < 0 || this.#isDeserted) this.releaseSpares();
    this.#idle.watch();
    this.grow();
  }

  /** Somebody may have been waiting for one more to be ready. */
  #takeOver(): void {
    const done = [...this.workers].find((each) => each.isRetiring && each.state === 'ready');
    if (done !== undefined) this.release(done);
  }

  /** Lets a worker go: it finishes what it has, and takes nothing more. */
  release(worker: PoolWorker): void {
    if (worker.state === 'ready' || worker.state === 'spare') worker.state = 'leaving';
    this.finish(worker);
  }

  /** Sends a worker away that leaves and has nothing left to do. */
  finish(worker: PoolWorker): void {
    if (worker.state !== 'leaving' || !worker.isIdle) return;
    worker.askToExit();
    const mostMs = timerMs(this.#options.graceMs + 1000);
    realTime
      .setTimeout(() => {
        worker.kill();
      }, mostMs)
      .unref();
    worker.hold('idle');
  }

  /** Replaces a worker; it goes on until the other one is ready. */
  retire(worker: PoolWorker): void {
    if (worker.isRetiring) return;
    worker.isRetiring = true;
    this.#owner.giveBack(worker.parked.takeMovable());
    const isNeeded = this.hasDemand || this.strength < this.#options.min;
    if (isNeeded && !this.#closed && !this.circuit.isTripped) this.#start();
    else this.release(worker);
  }

  /** Ends a worker for a task that does not end, once what else it runs has ended. Nobody else is to wait for that. */
  doom(worker: PoolWorker, seq: number): void {
    worker.killWhenAlone(seq);
    this.#owner.giveBack(worker.parked.takeMovable());
    this.grow();
  }

  /** @returns whether it had never been ready */
  remove(worker: PoolWorker): boolean {
    this.workers.delete(worker);
    this.totals.keep(worker);
    const neverReady = this.#startLimits.end(worker);
    if (worker.isSpare && neverReady) this.#spares.fail();
    return neverReady;
  }

  /** No more are started. */
  close(): void {
    this.#closed = true;
    this.shortage.end();
    realTime.clearTimeout(this.#growTimer);
    this.#idle.close();
    this.#spares.close();
  }

  /** Nobody is left whose place a spare one could take. */
  get #isDeserted(): boolean {
    return this.strength === 0 && !this.hasDemand;
  }

  /** Lets those go that wait to take another one's place. */
  releaseSpares(): void {
    for (const spare of this.#spares.all) if (spare.state === 'spare') this.release(spare);
  }

  #start(): void {
    if (!this.#spares.promote()) this.#startNew('regular');
  }

  #startNew(role: 'regular' | 'spare'): void {
    const { concurrency, output, setup, setupData, teardown, startTimeoutMs } = this.#options;
    const id = this.#nextId;
    this.#nextId += 1;
    this.totals.started += 1;
    const setUp = {
      poolId: this.#owner.id,
      workerId: id,
      depth: currentDepth() + 1,
      concurrency,
      output,
      loadTimeoutMs: startTimeoutMs,
      setup,
      setupData,
      teardown,
    };
    const worker = new PoolWorker(id, this.#backend, this.#options, setUp, this.#owner);
    worker.isSpare = role === 'spare';
    this.workers.add(worker);
    this.#owner.onStart(worker);
    this.#startLimits.begin(worker);
  }

  get #starting(): number {
    let count = 0;
    for (const { state, isSpare } of this.workers) {
      if (state === 'starting' && !isSpare) count += 1;
    }
    return count;
  }
}
