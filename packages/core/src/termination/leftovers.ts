import { realPause } from '../clock/real-pause.js';
import type { Clock } from '../contracts/clock.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { letGoOn } from './let-go-on.js';
import { orphanGuard } from './orphan-guard.js';
import { KILL_PATIENCE_MS } from './termination.js';

/** How often is looked whether they have gone. */
const LOOK_MS = 1000;
/** The longest delay of a Node timer. */
const LONGEST_DELAY = 2 ** 31 - 1;
/** How often, while somebody waits for their end. */
const CLOSE_LOOK_MS = 20;

/** The rest of a group whose leader has ended. */
export interface Leftover {
  readonly handle: ProcessHandle;
  readonly spec: ProcessSpec;
  readonly clock: Clock;
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
  /** Monotonic; `Infinity` where there was no timeout. */
  endAt: number;
  /** Monotonic; set when the signal has been sent. */
  killAt: number | undefined;
  /** Monotonic; when SIGKILL was sent first. */
  killedAt: number | undefined;
  readonly release: () => void;
}

/** What a command has left in the background of its group. */
export interface LeftoverOptions {
  /** Milliseconds until the command's timeout; `null` where it has none. */
  readonly endInMs: number | null;
  /** Whether it must not outlive this process. */
  readonly guarded: boolean;
  /** What its time goes by. */
  readonly clock: Clock;
}

/** Those of all managers that have any. */
export const leftoversInUse = new Set<Leftovers>();

/**
 * What commands have left running in the background, after they had ended themselves. It goes on being guarded as long
 * as it lives, and the timeout of the command still counts for it. None of this keeps this process alive.
 */
export class Leftovers {
  readonly #left = new Set<Leftover>();
  /** The next look, by each clock. */
  readonly #looks = new Map<Clock, () => void>();

  /** Takes note of what is left of a group, if anything is. */
  add(handle: ProcessHandle, spec: ProcessSpec, options: LeftoverOptions): void {
    const { clock, endInMs, guarded } = options;
    if (handle.pid === undefined || handle.groupAlive?.() !== true) return;
    if (endInMs === null && !guarded) return;
    this.#forgetTheGone();
    const isReal = handle.virtual !== true;
    leftoversInUse.add(this);
    this.#left.add({
      handle,
      spec,
      clock,
      signal: spec.killSignal,
      graceMs: spec.graceMs,
      endAt: endInMs === null ? Infinity : clock.now() + endInMs,
      killAt: undefined,
      killedAt: undefined,
      release: guarded && isReal ? orphanGuard.protect(handle.pid) : () => undefined,
    });
    this.#schedule();
  }

  /** Those that are alive at this moment. */
  get alive(): readonly Leftover[] {
    this.#forgetTheGone();
    return [...this.#left];
  }

  /**
   * Ends everything, by SIGKILL when its grace has passed; resolves when nothing is left but what can not be killed: it
   * may belong to somebody else by now.
   */
  async endAll(): Promise<void> {
    for (const leftover of this.#left) leftover.endAt = -Infinity;
    this.#look();
    while ([...this.#left].some(mayEnd)) {
      // Programs end in real time, whatever the timers of a test do.
      await realPause(CLOSE_LOOK_MS);
      this.#look();
    }
  }

  #look(): void {
    this.#forgetTheGone();
    // Its number may be anybody's once the last member has gone: a signal only ever follows a look.
    for (const leftover of this.#left) endInTime(leftover);
    this.#forgetTheGone();
    this.#schedule();
  }

  #forgetTheGone(): void {
    for (const leftover of this.#left) {
      if (leftover.handle.groupAlive?.() === true) continue;
      this.#left.delete(leftover);
      leftover.release();
    }
    if (this.#left.size === 0) leftoversInUse.delete(this);
  }

  #schedule(): void {
    for (const [clock, cancel] of this.#looks) {
      cancel();
      this.#looks.delete(clock);
    }
    for (const clock of new Set([...this.#left].map((leftover) => leftover.clock))) {
      this.#scheduleBy(clock);
    }
  }

  #scheduleBy(clock: Clock): void {
    const left = [...this.#left].filter((leftover) => leftover.clock === clock);
    const now = clock.now();
    const due = Math.min(...left.map(({ endAt, killAt }) => (killAt ?? endAt) - now));
    // When it goes by itself is of interest only where it really runs.
    const isReal = left.some(({ handle }) => handle.virtual !== true);
    if (due === Infinity && !isReal) return;
    const wait = Math.max(1, Math.min(isReal ? LOOK_MS : LONGEST_DELAY, due));
    const look = (): void => {
      this.#look();
    };
    this.#looks.set(clock, clock.timer(wait, look, { background: true }));
  }
}

function endInTime(leftover: Leftover): void {
  const now = leftover.clock.now();
  if (leftover.killAt !== undefined && now >= leftover.killAt) {
    leftover.handle.signal('SIGKILL');
    leftover.killedAt ??= now;
    leftover.killAt = now + LOOK_MS;
  } else if (leftover.killAt === undefined && now >= leftover.endAt) {
    if (leftover.handle.signal(leftover.signal)) letGoOn(leftover.handle, leftover.signal);
    leftover.killAt = now + leftover.graceMs;
  }
}

function mayEnd({ clock, killedAt }: Leftover): boolean {
  return killedAt === undefined || clock.now() < killedAt + KILL_PATIENCE_MS;
}
