import type { Clock } from '../contracts/clock.js';
import type { EventClass } from '../contracts/event-dispatcher.js';
import { ProcessCancelledError } from '../errors/process-cancelled-error.js';
import { ProcessOutput } from '../events/process-output.js';
import type { RunIdentity } from '../events/process-event.js';
import { ProcessStarting } from '../events/process-starting.js';
import { commandLine } from '../command/quote.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcessSnapshot } from '../contracts/running-process.js';
import { debug } from '../diagnostics/debug-log.js';
import { causeText } from '../diagnostics/cause-text.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { probe } from '../kernel/probe.js';
import { ManagedProcess } from './managed-process.js';
import { settleEnvironment } from '../launch/inherited-environment.js';
import { discardRun, prepareRun } from './prepare-run.js';
import type { ProcessEngine } from './process-engine.js';
import type { Run } from './run.js';
import { startError } from '../diagnostics/start-error.js';
import { systemClock } from '../clock/system-clock.js';
import { unlessAborted } from '../termination/unless-aborted.js';
import type { StopOrder } from './stop-order.js';
import type { StartMoment } from './supervision.js';
import { uniqueId } from './unique-id.js';

/**
 * Starts one attempt of a run.
 *
 * @throws a typed error when it can't be started, is cancelled before, or is vetoed; nothing is left behind then
 */
export async function startProcess(
  engine: ProcessEngine,
  run: Run,
  identity: RunIdentity,
  stopped: StopOrder,
): Promise<ManagedProcess> {
  const { spec } = run;
  if (engine.isClosed()) throw cancelled(spec, 'the process manager has been shut down');
  requireUncancelled(run);
  const driver = engine.resolveDriver(spec.driver);
  const id = uniqueId();
  const { events } = engine;
  const hears = (type: EventClass): boolean => events.hasListeners(type);
  if (hears(ProcessStarting)) {
    const event = new ProcessStarting(
      identity,
      spec,
      startingSnapshot(id, spec, { driver: driver.name, clock: engine.clock }),
    );
    const signals = [...run.attachments.signals, stopped.signal];
    // A listener that never finishes must not keep a run from being cancelled.
    await unlessAborted(events.dispatch(event), signals);
    if (event.vetoReason !== undefined) throw cancelled(spec, event.vetoReason);
    requireUncancelled(run);
    if (stopped.aborted) throw cancelled(spec, stopped.reason);
  }
  debug(id, () => startingText(spec, driver.name, identity));
  const prepared = prepareRun(run, driver, {
    hasReader: hears(ProcessOutput),
    guarded: engine.guardsOrphans,
  });
  let handle: ProcessHandle | undefined;
  try {
    const preparation = driver.prepare?.();
    if (preparation !== undefined) {
      settleEnvironment(prepared.launch);
      await preparation;
    }
    const moment = momentOf(systemClock);
    const { clock } = engine;
    const virtual = clock === systemClock ? moment : momentOf(clock);
    const start = driver.start(prepared.launch);
    settleEnvironment(prepared.launch);
    handle = await start;
    // It writes to its files itself.
    if (spec.detached) prepared.files.close();
    const process = new ManagedProcess({
      id,
      run: prepared,
      handle,
      driver: driver.name,
      identity,
      events,
      leftovers: engine.leftovers,
      // What really runs has no use for a time that a test has made up.
      moment: handle.virtual === true ? virtual : moment,
    });
    engine.admit(process);
    debug(id, () => `started: pid ${String(process.pid)}`);
    return process;
  } catch (error) {
    // Nobody would ever end what runs by now.
    if (handle !== undefined) endUnowned(handle);
    discardRun(prepared);
    const failure = startError(prepared.launch, error);
    debug(id, () => `could not be started: ${failure.code}`);
    throw failure;
  }
}

/** A handle that has failed once may fail again: the first error is the one that counts. */
function endUnowned(handle: ProcessHandle): void {
  probe(() => handle.signal('SIGKILL'));
  for (const name of ['stdin', 'stdout', 'stderr'] as const) {
    probe(() => handle[name]?.on('error', () => undefined).destroy());
  }
}

function startingText(spec: ProcessSpec, driver: string, { attempt }: RunIdentity): string {
  const where = spec.cwd === null ? '' : ` in ${spec.cwd}`;
  const which = attempt === 1 ? '' : ` (attempt ${attempt})`;
  return `starts with ${driver}${where}${which}: ${commandLine(spec.command)}`;
}

function momentOf(clock: Clock): StartMoment {
  return { clock, began: clock.now(), startedAt: clock.date().getTime() };
}

function requireUncancelled({ spec, attachments }: Run): void {
  const aborted = attachments.signals.find((signal) => signal.aborted);
  if (aborted !== undefined) throw cancelled(spec, aborted.reason);
}

/** The error of a run that was cancelled while nothing of it ran. */
export function cancelled(
  spec: ProcessSpec,
  cause: unknown,
  when = 'before it started',
): ProcessCancelledError {
  const message = failureMessage({
    what: `was cancelled ${when}: ${causeText(cause)}`,
    spec,
  });
  return new ProcessCancelledError(message, spec, { cause });
}

/** What is known of a process that has not been started. */
export function startingSnapshot(
  id: string,
  spec: ProcessSpec,
  { driver, clock }: { readonly driver: string; readonly clock: Clock },
): ProcessSnapshot {
  return {
    id,
    pid: undefined,
    command: commandLine(spec.command),
    driver,
    status: 'running',
    exitCode: null,
    signal: null,
    startedAt: clock.date().getTime(),
    durationMs: 0,
    tag: spec.tag,
    meta: spec.meta,
  };
}
