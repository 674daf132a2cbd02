import type { CallSite } from '../diagnostics/call-site.js';
import type { InputSource } from '../contracts/input-source.js';
import type { LaunchStreams } from '../contracts/launchable.js';
import type { OutputCallback } from '../contracts/output-callback.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { RetryPredicate } from '../contracts/retry.js';

/** The parts of a run that can't be serialised: streams, callbacks and signals. */
interface RunAttachments {
  readonly input: InputSource;
  readonly signals: readonly AbortSignal[];
  readonly onOutput: OutputCallback | undefined;
  readonly retryWhen: RetryPredicate | undefined;
  readonly tees: Readonly<Record<'out' | 'err', NodeJS.WritableStream | undefined>>;
  readonly key: string | number | undefined;
  /** Of launches before this one. */
  readonly previousAttempts: number;
  readonly stdio: LaunchStreams;
  /** Where the run was asked for. */
  readonly callSite: CallSite;
  /** The caller gets the running process and may look at its output, even if nothing of it is kept. */
  readonly watched: boolean;
}

/** A run, frozen: what it is, and what is attached to it. */
export interface Run {
  readonly spec: ProcessSpec;
  readonly attachments: RunAttachments;
}
