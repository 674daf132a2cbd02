import type { ProcessResult, StreamName } from '@proc/core';
import { keptSize } from '@proc/core/internal';
import type { StageResult } from './stage-result.js';

/** What is known of a stage that ran. */
export interface RanStageFacts extends StageResult {
  /** Whether its result has all that it handed on. */
  readonly keepsOutput: boolean;
  readonly handsOn?: StreamName | undefined;
}

/** A stage's part of a pipeline's result. */
export class RanStage implements StageResult {
  readonly key: string | number;
  readonly result: ProcessResult;
  readonly bytesIn: number | null;
  readonly durationMs: number;
  readonly #keepsOutput: boolean;
  readonly #handsOn: StreamName | undefined;
  #bytesOut: number | null;

  constructor(facts: RanStageFacts) {
    this.key = facts.key;
    this.result = facts.result;
    this.bytesIn = facts.bytesIn;
    this.durationMs = facts.durationMs;
    this.#bytesOut = facts.bytesOut;
    this.#keepsOutput = facts.keepsOutput;
    this.#handsOn = facts.handsOn;
  }

  /** Where it was not counted on its way, what was kept is measured when this is first asked for. */
  get bytesOut(): number | null {
    if (this.#bytesOut === null && this.#keepsOutput) {
      this.#bytesOut = sizeOf(this.result, this.#handsOn);
    }
    return this.#bytesOut;
  }
}

function sizeOf(result: ProcessResult, stream: StreamName | undefined): number | null {
  try {
    return keptSize(result, stream);
  } catch {
    // Of somebody else's making, and more than a buffer can hold.
    return null;
  }
}
