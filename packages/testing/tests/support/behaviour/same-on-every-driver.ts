import { expect, it } from '@jest/globals';
import {
  Application,
  EventDispatcher,
  ProcessManager,
  ProcessServiceProvider,
  type PendingProcess,
  type ProcessConfig,
} from '@proc/core';
import { installFakes } from '@proc/testing';
import { actor, imitateActor } from './actor.js';
import { EventLog } from './event-log.js';
import { plainEvents } from './plain.js';

/** No test takes this long: it only keeps one that hangs from hanging for ever. */
const HANG_GUARD = 60_000;

/** A manager on one of the drivers, and an actor that it runs. */
interface Scene {
  readonly processes: ProcessManager;
  readonly events: EventLog;
  /** A description of a run of the actor. */
  play(...steps: readonly string[]): PendingProcess;
  /** All that has been announced so far. */
  announced(): unknown;
}

/** What is seen of a behaviour. */
type Observation<Seen> = (scene: Scene) => Promise<Seen>;

/**
 * A test that a behaviour is the same with real programs, on each driver of core, and with fakes.
 *
 * @param observe - acts, and gives what it has seen
 * @param check - says what should have been seen, so that it is not only the same
 */
export function sameOnEveryDriver<Seen>(
  title: string,
  observe: Observation<Seen>,
  check: (seen: Seen) => void,
  config: ProcessConfig = {},
): void {
  it(
    title,
    async () => {
      const [node, execa, faked] = await Promise.all([
        perform(observe, { ...config, default: 'node' }),
        perform(observe, { ...config, default: 'execa' }),
        perform(observe, { ...config, default: 'node' }, installImitation),
      ]);
      expect({ driver: 'execa', seen: execa }).toEqual({ driver: 'execa', seen: node });
      expect({ driver: 'fake', seen: faked }).toEqual({ driver: 'fake', seen: node });
      check(faked);
    },
    HANG_GUARD,
  );
}

async function perform<Seen>(
  observe: Observation<Seen>,
  config: ProcessConfig,
  prepare: (processes: ProcessManager) => void = () => undefined,
): Promise<Seen> {
  const app = new Application({ providers: [ProcessServiceProvider], config: { process: config } });
  const events = new EventLog();
  app.instance<EventDispatcher>(EventDispatcher, events);
  await app.boot();
  const processes = app.get(ProcessManager);
  prepare(processes);
  try {
    return await observe({
      processes,
      events,
      play: (...steps) => processes.command(actor(...steps)),
      announced: () => plainEvents(events.events, config.default ?? ''),
    });
  } finally {
    await app.shutdown();
    expect(processes.activeProcesses).toHaveLength(0);
  }
}

function installImitation(processes: ProcessManager): void {
  installFakes(processes).fake(imitateActor).preventStrayProcesses();
}
