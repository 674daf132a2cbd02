import type { Clock, LaunchStreams, Launched, ProcessResult, StreamName } from '@proc/core';
import { FailedLaunch } from './failed-launch.js';
import type { EndedStage } from './verdict.js';
import { RanStage } from '../results/ran-stage.js';
import { whenStarted } from './started.js';

/** How a stage is connected. */
export interface StageWiring {
  readonly stdio: LaunchStreams;
  readonly bytesIn: () => number | null;
  readonly bytesOut: () => number | null;
  /** Whether the stage's own result has all that it hands on. */
  readonly keepsOutput: boolean;
  /** The stream that the next stage reads; `stdout` by default. */
  readonly handsOn?: StreamName | undefined;
  readonly readerClosedEarly: () => boolean;
}

/** Which stage it is. */
export interface StageIdentity {
  readonly key: string | number;
  readonly index: number;
  readonly line: string;
  readonly clock: Clock;
}

/** A stage of a run, from its launch on. */
export class LaunchedStage {
  readonly key: string | number;
  /** Its place in the pipeline, whether or not the stages before it have been launched. */
  readonly index: number;
  readonly launched: Launched;
  /** Resolves when it runs, or never will. */
  readonly started: Promise<void>;
  /** Never rejects. */
  readonly ended: Promise<ProcessResult>;
  readonly #wiring: StageWiring;
  readonly #startTime: number;
  #result: ProcessResult | undefined;
  #durationMs = 0;

  /** @param onEnd - called before {@link ended} resolves */
  constructor(
    { key, index, line, clock }: StageIdentity,
    launched: Launched,
    wiring: StageWiring,
    onEnd: (result: ProcessResult) => void,
  ) {
    this.key = key;
    this.index = index;
    this.#startTime = clock.now();
    this.launched = launched;
    this.#wiring = wiring;
    // Somebody's own launchable may break the contract by rejecting.
    const outcome = launched.outcome.catch(
      (error: unknown) => new FailedLaunch(line, error, { clock }).outcome,
    );
    this.ended = outcome.then((result) => {
      this.#result = result;
      this.#durationMs = clock.now() - this.#startTime;
      onEnd(result);
      return result;
    });
    this.started = whenStarted(launched);
  }

  /** What the verdict is made from; `undefined` while it runs. */
  get facts(): EndedStage | undefined {
    if (this.#result === undefined) return undefined;
    return { result: this.#result, readerClosedEarly: this.#wiring.readerClosedEarly() };
  }

  /** Its part of the pipeline's result; `undefined` while it runs. */
  get summary(): RanStage | undefined {
    if (this.#result === undefined) return undefined;
    const { bytesIn, bytesOut, keepsOutput, handsOn } = this.#wiring;
    return new RanStage({
      key: this.key,
      result: this.#result,
      bytesIn: bytesIn(),
      bytesOut: bytesOut(),
      keepsOutput,
      handsOn,
      durationMs: this.#durationMs,
    });
  }
}
