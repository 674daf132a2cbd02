import 'reflect-metadata';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { outcomeOf } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

beforeAll(() => {
  process.env['INHERITED'] = 'yes';
});
afterAll(() => {
  delete process.env['INHERITED'];
});

describe('what a program finds', () => {
  const look = ['env INHERITED', 'env A', 'env HOME', 'cwd'];

  same(
    'in its environment is what was inherited, set, removed, allowed and expanded',
    async ({ play }) => {
      const seen: string[] = [];
      for (const pending of [
        play(...look).env({ A: 'a b\n"c"', HOME: false }),
        play(...look)
          .env({ A: '1' })
          .withoutInheritedEnv(),
        play(...look)
          .env({ A: '1' })
          .onlyEnv(['INHERITED', 'NOT_THERE']),
        play(...look)
          .env({ A: '<${INHERITED}>' })
          .expandEnv()
          .env({ HOME: undefined }),
        play(...look).options({ inheritEnv: false, env: { A: 2 } }),
      ]) {
        seen.push((await pending.run()).lines().slice(0, -1).join('|'));
      }
      return seen;
    },
    (seen) =>
      expect(seen).toEqual([
        'INHERITED=yes|A=a b|"c"|HOME=(unset)',
        'INHERITED=(unset)|A=1|HOME=(unset)',
        'INHERITED=yes|A=1|HOME=(unset)',
        'INHERITED=yes|A=<yes>|HOME=(unset)',
        'INHERITED=(unset)|A=2|HOME=(unset)',
      ]),
  );

  same(
    'in its environment is what the configuration says',
    async ({ play }) =>
      (
        await play(...look)
          .env({ A: '1' })
          .run()
      )
        .lines()
        .slice(0, 3),
    (seen) => expect(seen).toEqual(['INHERITED=(unset)', 'A=1', 'HOME=(unset)']),
    { env: { mode: 'clean' } },
  );

  same(
    'as its working directory is the one that was given',
    async ({ play }) => {
      const directory = realpathSync(tmpdir());
      return [
        (await play('cwd').path(directory).run()).lines(),
        (await play('cwd').path(pathToFileURL(directory)).run()).lines(),
        (await play('cwd').run()).lines(),
      ];
    },
    (seen) =>
      expect(seen).toEqual([[realpathSync(tmpdir())], [realpathSync(tmpdir())], [process.cwd()]]),
  );

  same(
    'in its PATH are the programs of the project, where that was asked for',
    async ({ play }) => {
      const [line = ''] = (await play('env PATH').path(__dirname).preferLocal().run()).lines();
      return line.slice('PATH='.length).split(':').slice(0, 2);
    },
    ([first]) => expect(first).toBe(join(__dirname, 'node_modules', '.bin')),
  );

  same(
    'as its arguments is what was given, byte for byte',
    async ({ play }) => {
      const words = ['', ' ', 'two words', '"quoted"', "it's", '$HOME', 'a\nb', '\u{1f600}', '*'];
      const steps = [`args ${words.length}`, ...words];
      return (await play(...steps).run()).json();
    },
    (seen) => expect(seen).toHaveLength(9),
  );
});

describe('settings that only the system can keep', () => {
  same(
    'are accepted where the driver has them',
    async ({ play }) => {
      const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
      return [
        await outcomeOf(play('out x').options({ uid, gid }).run()),
        await outcomeOf(play('out x').nice(1).run()),
        await outcomeOf(play('out x').limits({ files: 64 }).run()),
        await outcomeOf(play('out x').tty('auto').run()),
      ];
    },
    (seen) => expect(seen).toMatchObject(Array(4).fill({ exitCode: 0, stdout: 'x\n' })),
  );
});

describe('timeouts of the configuration', () => {
  same(
    'count unless the process has its own',
    async ({ play }) => [
      await outcomeOf(play('wait').run()),
      await outcomeOf(play('pause 100', 'out x').forever().run()),
    ],
    ([late, patient]) => {
      expect(late).toMatchObject({ name: 'ProcessTimedOutError' });
      expect(patient).toMatchObject({ exitCode: 0 });
    },
    { timeout: 50 },
  );
});
