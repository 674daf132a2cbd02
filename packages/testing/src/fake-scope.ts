import { InvalidArgumentError, type Clock } from '@proc/core';
import { VirtualClock } from './clock/virtual-clock.js';
import { FakeRegistry } from './fakes/fake-registry.js';
import { Recorder } from './recording/recorder.js';
import { StrayGuard } from './strays/stray-guard.js';

/**
 * Fakes, their recording and the rules for strays that belong together: of a manager, or of an isolated part of a test.
 */
export class FakeScope {
  readonly registry = new FakeRegistry();
  readonly recorder = new Recorder();
  readonly strays: StrayGuard;
  /** Whether real processes are recorded too. */
  recordsStrays = false;
  #isActive: boolean;
  #clock: Clock | undefined;

  constructor(strays = new StrayGuard()) {
    this.strays = strays;
    this.#isActive = strays.prevents;
  }

  /** Whether it has a say in what is started. */
  get isActive(): boolean {
    return this.#isActive;
  }

  activate(): void {
    this.#isActive = true;
  }

  /** What a test lets time pass by; `undefined` where that is the system's business. */
  get clock(): Clock | undefined {
    return this.#clock;
  }

  goBy(clock: Clock): void {
    if (clock === this.#clock) return;
    requireHeld(clock);
    this.releaseClock();
    this.#clock = clock;
  }

  /** Nobody lets time pass any more, so what still waits must come to its end by itself. */
  releaseClock(): void {
    this.#clock?.release?.();
  }

  /** As new; except that it still knows which strays it has refused. */
  reset(): void {
    this.#isActive = false;
    this.recordsStrays = false;
    this.releaseClock();
    this.#clock = undefined;
    this.registry.clear();
    this.recorder.clear();
    this.strays.lift();
  }
}

function requireHeld(clock: Clock): void {
  if (!(clock instanceof VirtualClock) || !clock.released) return;
  throw new InvalidArgumentError(
    'This clock was released when its fakes were taken back: make a new one for each test.',
  );
}
