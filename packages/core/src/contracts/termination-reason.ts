/**
 * Why a process was ended, where it did not simply exit. The first reason wins; later ones change nothing.
 *
 * `signaled` is a signal from outside; `stopped` is `stop`, `kill` or `signal` of ours; `failedToStart` means that
 * nothing ran; `callbackFailed` and `inputFailed` are errors of an output callback and of an input source.
 */
export type TerminationReason =
  | 'timedOut'
  | 'idleTimedOut'
  | 'cancelled'
  | 'outputLimit'
  | 'callbackFailed'
  | 'inputFailed'
  | 'stopped'
  | 'signaled'
  | 'failedToStart';

/** Where a process is in its life. */
export type ProcessStatus = 'running' | 'exited' | Exclude<TerminationReason, 'failedToStart'>;
