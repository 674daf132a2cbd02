import 'reflect-metadata';
import { describe, expect } from '@jest/globals';
import { outcomeOf } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

describe('a manager', () => {
  same(
    'kills by pid and terminates by id what it has started',
    async ({ play, processes }) => {
      const first = await play('wait').start();
      const second = await play('wait').start();
      const seen = [
        await processes.kill(1),
        await processes.kill(first.pid ?? 0, 'SIGINT'),
        await processes.terminate('nobody'),
        await processes.terminate(second.id),
        await processes.terminate(second.id),
      ];
      const killed = await outcomeOf(first.wait());
      const status = [first, second].map(({ id }) => processes.find(id)?.status);
      return [seen, killed, status, processes.cleanup(), processes.list()];
    },
    ([seen, result, status]) => {
      expect(seen).toEqual([false, true, false, true, false]);
      expect(result).toMatchObject({ signal: 'SIGINT' });
      expect(status).toEqual(['stopped', 'stopped']);
    },
  );

  same(
    'stops everything at its shutdown, and starts nothing more',
    async ({ play, processes }) => {
      const running = await play('out up', 'wait').start();
      await running.expect('up');
      const retried = play('exit 1').retry(1000, 1).launch();
      const ends = outcomeOf(running.wait());
      await Promise.all([processes.shutdown(), processes.shutdown()]);
      const late = await outcomeOf(play('out late').run());
      const { attempts } = await retried.outcome;
      return [await ends, late, attempts < 1000, processes.activeProcesses];
    },
    ([ended, late]) => {
      expect(ended).toMatchObject({ name: 'ProcessCancelledError' });
      expect(late).toMatchObject({ message: expect.stringContaining('has been shut down') });
    },
  );

  same(
    'shows what runs and what has finished',
    async ({ play, processes }) => {
      await play('exit 2').tag('first').meta({ a: 1 }).run();
      const process = await play('wait').start();
      const list = processes
        .list()
        .map(({ status, exitCode, tag, meta }) => [status, exitCode, tag, meta]);
      const active = processes.activeProcesses.map((each) => each === process);
      const forgotten = processes.cleanup();
      await process.stop();
      return [list, active, forgotten, processes.list().map(({ status }) => status)];
    },
    ([list]) =>
      expect(list).toEqual([
        ['exited', 2, 'first', { a: 1 }],
        ['running', null, null, {}],
      ]),
  );
});
