import { ProcError, ProcessEvent, type ProcEvent, type ProcessResult } from '@proc/core';

type Plain = Readonly<Record<string, unknown>>;

/** Everything that a result says, without what differs from run to run: pid, times, durations. */
export function plainResult(result: ProcessResult): Plain {
  const { pid, startedAt, endedAt, durationMs, error, ...json } = result.toJSON();
  const { exitText, shellCode, stdout, stderr, timedOut, cancelled } = result;
  return {
    ...json,
    ...{ exitText, shellCode, stdout, stderr, timedOut, cancelled },
    pid: typeof pid,
    error: error === null ? null : { code: error.code, message: withoutChance(error.message) },
    ended: endedAt === null ? 'not yet' : Date.parse(endedAt) >= Date.parse(startedAt),
    lasted: durationMs >= 0,
    successful: result.successful(),
  };
}

/** Everything that an error says, with the result that it carries. */
export function plainError(error: unknown): Plain {
  const { name, message, code, cause, result, stack } = error as Error & {
    readonly code?: string;
    readonly result?: ProcessResult;
  };
  return {
    name,
    code,
    ours: ProcError.is(error),
    message: withoutChance(message),
    cause: plainCause(cause),
    result: result === undefined ? undefined : plainResult(result),
    carried: result === undefined ? undefined : result.error === error,
    calledFrom: /([\w-]+\.test\.ts):\d+/.exec(firstFrame(stack))?.[1],
  };
}

/** What a promise came to. */
export async function outcomeOf(promise: Promise<ProcessResult>): Promise<Plain> {
  return promise.then(plainResult, plainError);
}

/** Events in their order, each with its payload; output as one text per stream, as its pieces are anybody's guess. */
export function plainEvents(events: readonly ProcEvent[], driver: string): unknown {
  const known = events.filter((event) => event instanceof ProcessEvent);
  const ids = { run: numbers(), process: numbers() };
  const printed = { out: '', err: '' };
  const lifecycle: Plain[] = [];
  for (const event of known) {
    const { name, runId, key, attempt, process } = event;
    const { result, signal, type, chunk, delayMs } = event as ProcessEvent & EventPayload;
    if (type !== undefined) {
      printed[type] += chunk ?? '';
      continue;
    }
    const { id, pid, startedAt, durationMs, ...snapshot } = process;
    lifecycle.push({
      ...{ name, key, attempt, signal, delayMs },
      run: ids.run(runId),
      process: {
        ...snapshot,
        id: id === '' ? '' : ids.process(id),
        pid: typeof pid,
        driver: snapshot.driver === driver ? 'the driver' : snapshot.driver,
        times: startedAt > 0 && durationMs >= 0,
      },
      result: result === undefined ? undefined : plainResult(result),
    });
  }
  return { lifecycle, printed, inOrder: outputIsInside(known) };
}

interface EventPayload {
  readonly result?: ProcessResult;
  readonly signal?: string;
  readonly type?: 'out' | 'err';
  readonly chunk?: string;
  readonly delayMs?: number;
}

/** Whether all output lies between a start and an end. */
function outputIsInside(events: readonly ProcessEvent[]): boolean {
  let runs = false;
  for (const { name } of events) {
    if (name === 'ProcessStarted') runs = true;
    else if (name === 'ProcessOutput' && !runs) return false;
    else if (name === 'ProcessCompleted') runs = false;
  }
  return true;
}

function numbers(): (id: string) => number {
  const known: string[] = [];
  return (id) => {
    if (!known.includes(id)) known.push(id);
    return known.indexOf(id);
  };
}

/** The place that a runner shows. */
function firstFrame(stack = ''): string {
  return stack.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
}

function plainCause(cause: unknown): unknown {
  if (typeof cause !== 'object' || cause === null) return cause;
  const { name, code, message } = cause as Error & { readonly code?: unknown };
  return { name, code, message };
}

function withoutChance(message: string): string {
  return message
    .replace(/\(ended after [^)]*\)/, '(ended after some time)')
    .replace(/The driver "\w+"/, 'The driver');
}
