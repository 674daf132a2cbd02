import { describe, expect, it } from '@jest/globals';
import { IpcHub, type Session } from '@proc/ipc';
import { HandMadeClock } from '../../support/hand-made-clock.js';
import { SilentPort } from '../../support/silent-port.js';

function hubWith(port: SilentPort): {
  clock: HandMadeClock;
  hub: IpcHub;
  session: Session;
  states: string[];
} {
  const clock = new HandMadeClock();
  const states: string[] = [];
  const hub = new IpcHub({ clock, heartbeat: 1000, onSession: ({ state }) => states.push(state) });
  const session = hub.connect(port, { name: 'busy' });
  return { clock, hub, session, states };
}

describe('the heartbeat', () => {
  it('reports who does not answer, and leaves it what it holds, and reports when it answers again', async () => {
    const port = new SilentPort();
    const { clock, hub, session, states } = hubWith(port);
    port.say({ k: 'req', id: 1, op: 'lock.acquire', name: 'a' });
    clock.pass(3000);
    expect(session.state).toBe('alive');

    clock.pass(1000);

    expect(session.state).toBe('unresponsive');
    expect(hub.stats().primitives).toMatchObject([
      { kind: 'lock', holders: [{ sessionName: 'busy' }] },
    ]);
    port.say({ k: 'pong', progress: 'half' });
    expect(session.describe()).toMatchObject({ state: 'alive', progress: 'half', lastSeen: 4000 });
    expect(states).toEqual(['alive', 'unresponsive', 'alive']);
    await hub.close();
    expect(states.at(-1)).toBe('gone');
  });

  it('takes nobody who has been asked less than three times for silent, however late it is', () => {
    const port = new SilentPort();
    const { clock, session } = hubWith(port);

    // As when this process was held up for long: one beat, and what has come is read after it.
    for (let round = 0; round < 5; round++) {
      clock.pass(1000);
      port.say({ k: 'pong' });
    }

    expect(session.state).toBe('alive');
    expect(port.sent.filter(({ k }) => k === 'ping')).toHaveLength(5);
  });

  it('stops with the last session, and needs none at all', async () => {
    const port = new SilentPort();
    const { clock, hub } = hubWith(port);
    expect(clock.timers).toBe(1);
    port.close();
    expect(clock.timers).toBe(0);
    await hub.close();

    const quiet = new IpcHub({ clock, heartbeat: 0 });
    quiet.connect(new SilentPort());
    expect(clock.timers).toBe(0);
  });
});
