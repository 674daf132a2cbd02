import {
  InputSourceError,
  OutputCallbackError,
  ProcessCancelledError,
  type ProcError,
  type ProcessSpec,
} from '@proc/core';
import { receiverFailure } from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import { failedEnding, type StageEnding } from './stage-ending.js';

/** Why somebody else than its function ends an in-process stage. */
export type StageFailureReason = 'cancelled' | 'callbackFailed' | 'inputFailed';

interface FailureKind {
  readonly what: (cause: unknown) => string;
  readonly type: new (message: string, spec: ProcessSpec, options: ErrorOptions) => ProcError;
}

const KINDS: Readonly<Record<StageFailureReason, FailureKind>> = {
  cancelled: { what: () => 'was cancelled', type: ProcessCancelledError },
  callbackFailed: {
    what: (cause) => `was ended because ${receiverFailure(cause)}`,
    type: OutputCallbackError,
  },
  inputFailed: {
    what: () => 'was ended because the source of its input failed',
    type: InputSourceError,
  },
};

/** The ending of an in-process stage whose surroundings have failed. */
export function stageFailure(
  stage: { readonly name: string; readonly spec: ProcessSpec },
  reason: StageFailureReason,
  cause: unknown,
): StageEnding {
  const { what, type } = KINDS[reason];
  const message = `The in-process stage "${stage.name}" ${what(cause)}: ${messageOf(cause)}`;
  return failedEnding(reason, new type(message, stage.spec, { cause }));
}
