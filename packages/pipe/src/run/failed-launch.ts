import {
  ProcError,
  ProcessStartError,
  type LaunchContext,
  type Launched,
  type ProcessResult,
} from '@proc/core';
import { describedLine, secretsOf, systemClock } from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import { NO_OUTPUT } from '../results/kept-spool.js';
import { failedEnding } from '../stages/stage-ending.js';
import { stageResult } from '../stages/stage-result.js';

/** What a stage that could not be launched counts as: it has ended, and its result says why. */
export class FailedLaunch implements Launched {
  readonly pid = undefined;
  readonly outcome: Promise<ProcessResult>;

  constructor(line: string, cause: unknown, { clock = systemClock, secrets }: LaunchContext) {
    const spec = describedLine(line);
    if (secrets !== undefined) secretsOf(spec).include(secrets);
    const message = `The stage "${line}" could not be launched: ${messageOf(cause)}`;
    const error = ProcError.is(cause) ? cause : new ProcessStartError(message, spec, { cause });
    const now = clock.date();
    this.outcome = Promise.resolve(
      stageResult({
        spec,
        ending: failedEnding('failedToStart', error),
        stdout: NO_OUTPUT,
        startedAt: now,
        endedAt: now,
        durationMs: 0,
      }),
    );
  }

  running(): boolean {
    return false;
  }

  signal(): boolean {
    return false;
  }

  stop(): Promise<ProcessResult> {
    return this.outcome;
  }
}
