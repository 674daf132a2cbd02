import { FakeRegistry } from './fakes/fake-registry.js';
import { Recorder } from './recording/recorder.js';
import { StrayGuard } from './strays/stray-guard.js';

/** Fakes, their recording and the rules for strays that belong together: of a manager, or of an isolated part of a test. */
export class FakeScope {
  readonly registry = new FakeRegistry();
  readonly recorder = new Recorder();
  readonly strays: StrayGuard;
  /** Whether real processes are recorded too. */
  recordsStrays = false;
  #isActive: boolean;

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

  /** As new; except that it still knows which strays it has refused. */
  reset(): void {
    this.#isActive = false;
    this.recordsStrays = false;
    this.registry.clear();
    this.recorder.clear();
    this.strays.lift();
  }
}
