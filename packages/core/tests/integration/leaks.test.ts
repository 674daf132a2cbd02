import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { settled } from '../support/captured.js';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

const listeners = (): number =>
  process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
/** How many there are of each kind. The runner's own come and go, so none of a kind may be added. */
const resources = (): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo())
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
};
const descriptors = (): number =>
  process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;

onEveryDriver('60 runs', ({ manager }) => {
  it('leave listeners, timers, handles and descriptors as they were', async () => {
    const controller = new AbortController();
    const pending = manager()
      .command(sh('cat; echo err >&2'))
      .input('x')
      .timeout('1h')
      .idleTimeout('1h')
      .abortWith(controller.signal);
    const round = async (): Promise<void> => {
      const results = await Promise.all(
        Array.from({ length: 10 }, () => pending.run(() => undefined)),
      );
      for (const { stdout } of results) expect(stdout).toBe('x');
      const [stopped, missing] = [pending.start(), manager().command(['not-there-at-all'])];
      await (await stopped).stop();
      expect((await missing.launch().outcome).exitCode).toBeNull();
    };
    // The first run starts the watchdog and loads the driver.
    await round();
    const before = { listeners: listeners(), resources: resources(), descriptors: descriptors() };
    for (let count = 0; count < 60; count += 10) await round();
    expect(listeners()).toBe(before.listeners);
    // Handles that have been closed go within the next turns of the event loop.
    const grown = (): readonly string[] => [
      ...[...resources()].flatMap(([kind, count]) =>
        count > (before.resources.get(kind) ?? 0) ? [kind] : [],
      ),
      ...(descriptors() > before.descriptors ? ['descriptors'] : []),
    ];
    for (let turn = 0; turn < 1000 && grown().length > 0; turn++) await settled();
    expect(grown()).toEqual([]);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});
