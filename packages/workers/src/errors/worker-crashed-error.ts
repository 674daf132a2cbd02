import { ProcError } from '@proc/core/essentials';

/** What is known of the end of a worker, and of the task that it had. */
export interface CrashFacts {
  readonly taskId: string;
  readonly taskName: string;
  readonly attempt: number;
  readonly workerId: number;
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what the worker wrote to stderr. */
  readonly stderr: string;
  readonly outOfMemory: boolean;
}

/** A worker was gone before a task had ended: it exited, was killed, or threw where nobody caught. */
export class WorkerCrashedError extends ProcError {
  readonly code = 'ERR_PROC_WORKER_CRASHED';
  readonly taskId: string;
  readonly taskName: string;
  readonly attempt: number;
  readonly workerId: number;
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly outOfMemory: boolean;

  constructor(facts: CrashFacts, cause?: unknown) {
    super(messageOf(facts), cause === undefined ? undefined : { cause });
    this.taskId = facts.taskId;
    this.taskName = facts.taskName;
    this.attempt = facts.attempt;
    this.workerId = facts.workerId;
    this.pid = facts.pid;
    this.threadId = facts.threadId;
    this.exitCode = facts.exitCode;
    this.signal = facts.signal;
    this.stderr = facts.stderr;
    this.outOfMemory = facts.outOfMemory;
  }
}

function messageOf(facts: CrashFacts): string {
  const task = facts.taskName === '' ? `Task ${facts.taskId}` : `Task "${facts.taskName}"`;
  const place = facts.pid === undefined ? `thread ${facts.threadId ?? '?'}` : `pid ${facts.pid}`;
  const attempt = facts.attempt > 1 ? ` (attempt ${facts.attempt})` : '';
  const tail = facts.stderr.trim();
  return (
    `${task}${attempt} lost its worker ${facts.workerId} (${place}), which ${wayOf(facts)}.` +
    (tail === '' ? '' : `\n${tail}`)
  );
}

function wayOf({ outOfMemory, signal, exitCode }: CrashFacts): string {
  if (outOfMemory) return 'ran out of memory';
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null ? 'was ended' : `exited with code ${exitCode}`;
}
