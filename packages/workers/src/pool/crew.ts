import type { WorkerBackend } from '../backends/worker-channel.js';
import { WorkerStartError } from '../errors/worker-start-error.js';
import { currentDepth } from '../worker/current-depth.js';
import { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import { StartCircuit } from './start-circuit.js';
import type { WorkerOwner } from './worker-owner.js';

/** What a crew asks of its pool. */
export interface CrewOwner extends WorkerOwner {
  readonly id: string;
  /** Tasks that wait for any worker, and for how long the first of them has. */
  readonly demand: { readonly tasks: number; readonly waitedMs: number };
  onStart(worker: PoolWorker): void;
}

/** The workers of a pool: starts as many as are needed, and lets those go that are not. */
export class Crew {
  readonly workers = new Set<PoolWorker>();
  readonly circuit: StartCircuit;
  readonly #backend: WorkerBackend;
  readonly #options: ResolvedPoolOptions;
  readonly #owner: CrewOwner;
  readonly #startTimers = new Map<PoolWorker, NodeJS.Timeout>();
  #nextId = 1;
  #growTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;
  #pastMs = 0;
  started = 0;

  constructor(backend: WorkerBackend, options: ResolvedPoolOptions, owner: CrewOwner) {
    this.#backend = backend;
    this.#options = options;
    this.#owner = owner;
    this.circuit = new StartCircuit(options.maxStartFailures, options.cooldownMs);
  }

  /** Workers that count: those that leave or are replaced do not. */
  get strength(): number {
    let count = 0;
    for (const { state, isRetiring } of this.workers) {
      if (!isRetiring && (state === 'ready' || state === 'starting')) count += 1;
    }
    return count;
  }

  /** How long workers have been there, all together. */
  get workedMs(): number {
    let sum = this.#pastMs;
    for (const { startedAt } of this.workers) sum += performance.now() - startedAt;
    return sum;
  }

  /** Starts what the tasks that wait, and the lower limit, ask for. */
  grow(): void {
    if (this.#closed || this.circuit.isOpen(performance.now())) return;
    const { min, max, scaleUpAfterMs } = this.#options;
    // One that is tried after failures has to show that it works.
    const most = this.circuit.isTripped ? 1 : max;
    while (this.strength < Math.min(min, most)) this.#start();
    const { tasks, waitedMs } = this.#owner.demand;
    const starting = this.#count('starting');
    if (tasks <= starting || this.strength >= most) return;
    if (this.strength === 0 || waitedMs >= scaleUpAfterMs) this.#start();
    if (this.strength >= most) return;
    this.#growTimer ??= setTimeout(
      () => {
        this.#growTimer = undefined;
        this.grow();
      },
      Math.max(1, scaleUpAfterMs - waitedMs),
    );
  }

  /** To be told of one that can be used. */
  ready(worker: PoolWorker): void {
    clearTimeout(this.#startTimers.get(worker));
    this.#startTimers.delete(worker);
    this.circuit.succeed();
    // Somebody may have been waiting for this one to take over.
    const done = [...this.workers].find((each) => each.isRetiring && each.state === 'ready');
    if (done !== undefined) this.release(done);
    this.watchIdle();
  }

  /** Lets a worker go: it finishes what it has, and takes nothing more. */
  release(worker: PoolWorker): void {
    if (worker.state === 'ready') worker.state = 'leaving';
    this.finish(worker);
  }

  /** Sends a worker away that leaves and has nothing left to do. */
  finish(worker: PoolWorker): void {
    if (worker.state !== 'leaving' || worker.inFlight.size > 0) return;
    worker.askToExit();
    setTimeout(() => {
      worker.kill();
    }, this.#options.graceMs + 1000).unref();
    worker.hold('idle');
  }

  /** Replaces a worker; it goes on until the other one is ready. */
  retire(worker: PoolWorker): void {
    if (worker.isRetiring) return;
    worker.isRetiring = true;
    const isNeeded = this.#owner.demand.tasks > 0 || this.strength < this.#options.min;
    if (isNeeded && !this.#closed && !this.circuit.isTripped) this.#start();
    else this.release(worker);
  }

  /** @returns whether it had never been ready */
  remove(worker: PoolWorker): boolean {
    this.workers.delete(worker);
    this.#pastMs += performance.now() - worker.startedAt;
    const neverReady = this.#startTimers.has(worker);
    clearTimeout(this.#startTimers.get(worker));
    this.#startTimers.delete(worker);
    return neverReady;
  }

  /** Sees to it that those leave, one by one, that have had nothing to do for long. */
  watchIdle(): void {
    if (this.#idleTimer !== undefined || this.#closed) return;
    if (this.strength <= this.#options.min) return;
    const wait = Math.max(10, this.#options.idleTimeoutMs);
    this.#idleTimer = setTimeout(() => {
      this.#idleTimer = undefined;
      this.#shrink();
      this.watchIdle();
    }, wait);
    this.#idleTimer.unref();
  }

  /** No more are started. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#growTimer);
    clearTimeout(this.#idleTimer);
  }

  #shrink(): void {
    if (this.strength <= this.#options.min) return;
    const since = performance.now() - this.#options.idleTimeoutMs;
    let longest: PoolWorker | undefined;
    for (const worker of this.workers) {
      const isIdle = worker.state === 'ready' && worker.isIdle && worker.idleSince <= since;
      if (isIdle && (longest === undefined || worker.idleSince < longest.idleSince))
        longest = worker;
    }
    if (longest !== undefined) this.release(longest);
  }

  #start(): void {
    const { concurrency, output, setup, setupData, teardown } = this.#options;
    const id = this.#nextId;
    this.#nextId += 1;
    this.started += 1;
    const setUp = {
      poolId: this.#owner.id,
      workerId: id,
      depth: currentDepth() + 1,
      concurrency,
      output,
      setup,
      setupData,
      teardown,
    };
    const worker = new PoolWorker(id, this.#backend, this.#options, setUp, this.#owner);
    this.workers.add(worker);
    this.#owner.onStart(worker);
    const { startTimeoutMs } = this.#options;
    const timer = setTimeout(() => {
      worker.failStart(new WorkerStartError(id, `was not ready within ${startTimeoutMs} ms`));
    }, startTimeoutMs);
    this.#startTimers.set(worker, timer);
  }

  #count(state: PoolWorker['state']): number {
    let count = 0;
    for (const worker of this.workers) if (worker.state === state) count += 1;
    return count;
  }
}
