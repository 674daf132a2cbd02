import { ProcError } from '@proc/core';
import { describeCall } from '../task-call.js';
import { describeTaskPattern, type TaskPattern } from '../task-pattern.js';
import type { TaskCall } from '../task-call.js';

/** A task was run that no fake is registered for, while stray tasks are prevented. Its function was not called. */
export class StrayTaskError extends ProcError {
  readonly code = 'ERR_PROC_STRAY_TASK';
  readonly taskName: string;
  /** The call, as messages have it. */
  readonly command: string;

  constructor(call: TaskCall, patterns: readonly TaskPattern[]) {
    const registered =
      patterns.length === 0
        ? 'No fakes are registered.'
        : `Registered: ${patterns.map(describeTaskPattern).join(', ')}.`;
    const name = /^[A-Za-z_$][\w$]*$/.test(call.name) ? call.name : JSON.stringify(call.name);
    super(
      `Attempted task ${describeCall(call)} without a matching fake.\n${registered}\n` +
        `To fake it:\n  fakes.fake({ ${name}: () => '…' })`,
    );
    this.taskName = call.name;
    this.command = describeCall(call);
  }
}
