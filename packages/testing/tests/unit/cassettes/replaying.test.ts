import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { secret, type ProcessManager } from '@proc/core';
import { FakeProcessDescription as Description, fakeProcesses } from '@proc/testing';
import { CassetteMissError, useCassette } from '@proc/testing/cassettes';
import { writeFileSync } from 'node:fs';
import { CassetteScene } from '../../support/cassette-scene.js';

let scene: CassetteScene;
beforeEach(() => {
  scene = new CassetteScene();
});
afterEach(() => {
  jest.useRealTimers();
  scene.remove();
});

const life = (): Description => new Description();
const upper = life().perform(async (child) => {
  for await (const chunk of child.stdin) await child.write('out', String(chunk).toUpperCase());
});

/** Enough for whatever needs no time to happen. */
async function turns(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function missOf(body: (processes: ProcessManager) => Promise<unknown>): Promise<unknown> {
  return scene.replay(body).then(
    () => 'no miss',
    (error: unknown) => error,
  );
}

describe('a call', () => {
  it('that is made again gets what was recorded, in that order', async () => {
    let count = 0;
    const programs = { next: () => `${++count}` };
    const three = async (processes: ProcessManager): Promise<readonly string[]> => {
      const outputs: string[] = [];
      for (let i = 0; i < 3; i++) outputs.push((await processes.run('next')).output());
      return outputs;
    };
    await scene.use({ mode: 'record' }, programs, three);

    expect(await scene.replay(three)).toEqual(['1\n', '2\n', '3\n']);
    expect(
      await missOf(async (processes) => {
        await three(processes);
        await processes.run('next');
      }),
    ).toMatchObject({
      code: 'ERR_PROC_CASSETTE_MISS',
      why: 'it was recorded 3 times, and has been asked for once more.',
    });
  });

  it('is found by its input, also when many are made at once', async () => {
    const many = (words: readonly string[]) => async (processes: ProcessManager) => {
      const runs = words.map((word) => processes.command('upper').input(word).run());
      return (await Promise.all(runs)).map(({ stdout }) => stdout);
    };
    await scene.use({ mode: 'record' }, { upper }, many(['a', 'b', 'c']));

    expect(await scene.replay(many(['c', 'a', 'b']))).toEqual(['C', 'A', 'B']);
  });

  it('is found in another directory of the machine, relative to the project', async () => {
    const there = scene;
    await there.use({ mode: 'record' }, { p: 'ok' }, (processes) =>
      processes.command('p').path(there.directory).run(),
    );
    const { text } = there;
    scene = new CassetteScene();
    writeFileSync(scene.path, text);
    there.remove();

    const result = await scene.replay((processes) =>
      processes.command('p').path(scene.directory).run(),
    );
    expect(result.stdout).toBe('ok\n');
  });
});

describe('what has not been recorded', () => {
  const record = (): Promise<unknown> =>
    scene.use({ mode: 'record' }, { 'git *': 'x', upper }, async (processes) => {
      await processes.run(['git', 'log', '--oneline']);
      await processes.command('upper').input('a').run();
    });

  it('is an error that shows the nearest, what differs, and how to record it', async () => {
    await record();
    const error = await missOf((processes) => processes.run(['git', 'log', '--online']));

    expect(CassetteMissError.is(error)).toBe(true);
    expect((error as Error).message).toBe(
      [
        'The cassette has no [git log --online]: nothing that was recorded is the same.',
        'Nearest: [git log --oneline]',
        '  command: recorded ["--oneline"], asked for ["--online"]',
        "To record it, where the programs are installed: PROC_CASSETTES=update, or mode: 'update'.",
        `Cassette: ${scene.path}`,
      ].join('\n'),
    );
    expect(scene.starts).toBe(2);
  });

  it('is nearest to a call of the same program', async () => {
    await scene.use({ mode: 'record' }, { '*': '' }, async (processes) => {
      await processes.run('cat a.txt b.txt c.txt');
      await processes.run('cksum a.txt');
    });

    expect(await missOf((processes) => processes.run('cat a.txt'))).toMatchObject({
      nearest: 'cat a.txt b.txt c.txt',
    });
  });

  it('may differ in its directory, in a variable, in its input, or in what was read', async () => {
    await record();
    const log = ['git', 'log', '--oneline'];
    const differences = async (
      body: (processes: ProcessManager) => Promise<unknown>,
    ): Promise<unknown> => ((await missOf(body)) as CassetteMissError).differences;

    expect(
      await differences((processes) => processes.command(log).path(scene.directory).run()),
    ).toEqual([expect.stringContaining('cwd: recorded ')]);
    expect(await differences((processes) => processes.command(log).input('x').run())).toEqual([
      'input: recorded "none", asked for "whole"',
    ]);
    expect(await differences((processes) => processes.command('upper').input('b').run())).toEqual([
      expect.stringMatching(/^input: recorded sha256:\w+, asked for sha256:\w+$/),
    ]);
    await scene.use({ mode: 'record' }, { 'git *': 'x' }, (processes) =>
      processes.command(log).quietly().run(),
    );
    expect(await differences((processes) => processes.run(log))).toEqual([
      'output: stdout and stderr was not read when it was recorded',
    ]);
    const options = { match: { env: ['LANG'] } };
    await expect(
      scene.replay(
        (processes) => processes.command(log).env({ LANG: 'C' }).quietly().run(),
        options,
      ),
    ).rejects.toMatchObject({ differences: [expect.stringContaining('env: ')] });
  });

  it('is not tried again, and is remembered where the error is swallowed', async () => {
    await record();
    const { app, processes } = await scene.manager({});
    const cassette = await useCassette(scene.path, { target: app, mode: 'replay' });
    await processes
      .command('other')
      .retry(3)
      .run()
      .catch(() => undefined);

    expect(cassette.misses.map(({ command }) => command)).toEqual(['other']);
    expect(cassette.unused).toEqual(['git log --oneline', 'upper']);
    await cassette.eject();
    await app.shutdown();
  });

  it('is everything where there is no file', async () => {
    expect(await missOf((processes) => processes.run('p'))).toMatchObject({
      why: 'there is no such file.',
      nearest: undefined,
    });
  });

  it('shows no secrets', async () => {
    const error = (await missOf((processes) =>
      processes.run(['p', secret('hidden-away')]),
    )) as Error;
    expect(error.message).toContain('[p [secret]]');
  });
});

describe('what nothing has asked for', () => {
  it('is an error where it has to be used', async () => {
    await scene.use({ mode: 'record' }, { p: '' }, (processes) => processes.run('p'));

    await scene.replay(async () => undefined);
    await expect(scene.replay(async () => undefined, { unused: 'fail' })).rejects.toMatchObject({
      code: 'ERR_PROC_CASSETTE_INCOMPLETE',
      commands: ['p'],
    });
  });
});

describe('update', () => {
  it('replays what there is, records what there is not, and drops what nothing asks for', async () => {
    await scene.use({ mode: 'record' }, { '*': 'old', upper }, async (processes) => {
      await processes.run('kept');
      await processes.run('dropped');
      await processes.command('upper').input('kept').run();
    });
    const seen = await scene.use({ mode: 'update' }, { '*': 'new', upper }, async (processes) => [
      (await processes.run('kept')).output(),
      (await processes.run('added')).output(),
      (await processes.command('upper').input('kept').run()).output(),
      (await processes.command('upper').input('added').run()).output(),
    ]);

    expect(seen).toEqual(['old\n', 'new\n', 'KEPT', 'ADDED']);
    expect(scene.starts).toBe(5);
    expect(scene.entries.map(({ command }) => (command as string[]).join(' '))).toEqual([
      'added',
      'kept',
      'upper',
      'upper',
    ]);
    await scene.replay((processes) => processes.command('upper').input('added').run());
  });

  it('ends what it starts late as it would have been ended', async () => {
    const slow = life().perform(async (child) => {
      child.onSignal('SIGTERM', () => undefined);
      for await (const _ of child.stdin) await child.write('out', 'got it\n');
      await new Promise(() => undefined);
    });
    await scene.use({ mode: 'record' }, { p: '' }, (each) => each.command('p').input('a').run());
    const result = await scene.use({ mode: 'update' }, { p: slow }, async (processes) => {
      const running = await processes.command('p').input('b').start();
      await running.waitUntil('got it', '5s');
      return running.stop('20ms');
    });

    expect(result).toMatchObject({ reason: 'stopped', signal: 'SIGKILL' });
    expect(scene.programs.at(-1)?.signals).toEqual(['SIGTERM', 'SIGCONT', 'SIGKILL']);
  });
});

describe('a discarded cassette', () => {
  it('is not written', async () => {
    const { app, processes } = await scene.manager({ p: '' });
    const cassette = await useCassette(scene.path, { target: app, mode: 'record' });
    await processes.run('p');
    cassette.discard();
    await cassette.eject();
    await app.shutdown();

    expect(() => scene.text).toThrow('ENOENT');
  });
});

describe('passthrough', () => {
  it('really starts everything, and writes nothing', async () => {
    await scene.use({ mode: 'passthrough' }, { p: '' }, (processes) => processes.run('p'));

    expect(scene.starts).toBe(1);
    expect(() => scene.text).toThrow('ENOENT');
  });
});

describe('time', () => {
  it('passes as it was recorded, by the fake timers of the runner', async () => {
    await scene.use(
      { mode: 'record', timing: true },
      { p: life().delay('40ms').output('x') },
      (p) => p.run('p'),
    );
    writeFileSync(scene.path, scene.text.replace(/"after": \d+/, '"after": 3600000'));
    jest.useFakeTimers();
    let output: string | undefined;
    const replayed = scene.replay(async (processes) => {
      const run = processes.run('p');
      await jest.advanceTimersByTimeAsync(3_500_000);
      void run.then((result) => (output = result.stdout));
      await jest.advanceTimersByTimeAsync(50_000);
      expect(output).toBeUndefined();
      await jest.advanceTimersByTimeAsync(100_000);
      return run;
    });

    expect((await replayed).stdout).toBe('x\n');
    jest.useRealTimers();
    expect((await scene.replay((p) => p.run('p'), { timing: false })).stdout).toBe('x\n');
  });
});

describe('a process that is talked to', () => {
  const talk = (word: string) => async (processes: ProcessManager) => {
    const running = await processes.command('upper').interactive().start();
    await running.write(word);
    await running.expect(/[A-Z]+/, '5s').catch(() => undefined);
    await turns();
    if (word === 'hello') expect(running.running()).toBe(true);
    await running.closeInput();
    return running.wait();
  };

  it('answers when it is spoken to, and not before', async () => {
    await scene.use({ mode: 'record' }, { upper }, talk('hello'));

    expect(scene.entries[0]).toMatchObject({
      input: 'interactive',
      steps: [{ in: 'hello' }, { out: 'HELLO' }, { endOfInput: true }],
    });
    expect((await scene.replay(talk('hello'))).stdout).toBe('HELLO');
  });

  it('closes its output when it did, and goes on', async () => {
    const program = life()
      .output('last words')
      .closeOutput()
      .perform(async (child) => {
        for await (const _ of child.stdin) return 3;
        return 0;
      });
    const wait = async (processes: ProcessManager): Promise<unknown> => {
      const running = await processes.command('p').interactive().start();
      const printed = (await running.stdout?.toArray())?.join('');
      const isRunning = running.running();
      await running.write('go\n');
      return [printed, isRunning, (await running.wait()).exitCode];
    };
    await scene.use({ mode: 'record' }, { p: program }, wait);

    expect(scene.entries[0]?.['steps']).toContainEqual({ closed: 'out' });
    expect(await scene.replay(wait)).toEqual(['last words\n', true, 3]);
  });

  it('that is told something else ends with the error that says so', async () => {
    await scene.use({ mode: 'record' }, { upper }, talk('hello'));

    await expect(scene.replay(talk('howdy'))).rejects.toMatchObject({
      code: 'ERR_PROC_CASSETTE_MISS',
      differences: ['input: recorded "hello", written "howdy"'],
    });
  });
});

describe('a process that is signalled', () => {
  const stop = async (processes: ProcessManager) => {
    const running = await processes.start('serve');
    await running.waitUntil('up', '5s');
    await turns();
    expect(running.output()).toBe('up\n');
    return running.stop('5s');
  };

  it('runs until it is stopped, in the way in which it was recorded', async () => {
    const serve = life().perform(async (child) => {
      child.onSignal('SIGTERM', () => {
        void child.write('out', 'closing\n').then(() => child.exit(7));
      });
      await child.write('out', 'up\n');
      await new Promise(() => undefined);
    });
    await scene.use({ mode: 'record' }, { serve }, stop);

    expect(scene.entries[0]?.['steps']).toEqual([
      { out: 'up\n' },
      { signal: 'SIGTERM' },
      { out: 'closing\n' },
    ]);
    expect(await scene.replay(stop)).toMatchObject({
      exitCode: 7,
      stdout: 'up\nclosing\n',
      reason: 'stopped',
    });
  });

  it('that ignored the first signal is killed by the second', async () => {
    const serve = life().output('up').ignoresSignals('SIGTERM').delay('1h');
    const kill = async (processes: ProcessManager) => {
      const running = await processes.start('serve');
      await running.waitUntil('up', '5s');
      return running.stop('20ms');
    };
    await scene.use({ mode: 'record' }, { serve }, kill);

    expect(await scene.replay(kill)).toMatchObject({ signal: 'SIGKILL', reason: 'stopped' });
  });
});

describe('what is special about an ending', () => {
  it('is replayed: output that somebody else holds open', async () => {
    const daemon = life().output('started').holdsOutputOpen();
    const run = (processes: ProcessManager): ReturnType<ProcessManager['run']> =>
      processes.run('daemon');
    await scene.use({ mode: 'record' }, { daemon }, run);

    expect(scene.entries[0]).toMatchObject({ outputHeld: true });
    expect(await scene.replay(run)).toMatchObject({ outputHeldOpen: true, exitCode: 0 });
  });

  it.each([
    ['ENOENT', 'ERR_PROC_COMMAND_NOT_FOUND'],
    ['EACCES', 'ERR_PROC_NOT_EXECUTABLE'],
    ['EMFILE', 'ERR_PROC_RESOURCE_EXHAUSTED'],
  ])('is replayed: a start that failed with %s', async (code, typed) => {
    const { app, processes } = await scene.manager({});
    const capabilities = processes.command('x').driverCapabilities();
    processes.extend('programs', () => ({
      name: 'programs',
      capabilities,
      start: () => Promise.reject(Object.assign(new Error('spawn'), { code, syscall: 'spawn p' })),
    }));
    const cassette = await useCassette(scene.path, { target: app, mode: 'record' });
    await processes.run('p').catch(() => undefined);
    await cassette.eject();
    await app.shutdown();

    expect(scene.entries[0]).toMatchObject({ startError: { code } });
    await expect(scene.replay((each) => each.run('p'))).rejects.toMatchObject({ code: typed });
  });
});

describe('what can not be recorded', () => {
  it.each([
    ['a channel of messages', (p: ProcessManager) => p.node('x.js'), 'ipc'],
    ['a terminal', (p: ProcessManager) => p.command('p').tty(true), 'tty'],
    ['what outlives this process', (p: ProcessManager) => p.command('p').detach(), 'detached'],
  ])('is refused before it starts: %s', async (_, make, capability) => {
    for (const mode of ['record', 'replay', 'update'] as const) {
      await expect(
        scene.use({ mode }, { '*': '' }, (processes) => make(processes).run()),
      ).rejects.toMatchObject({ code: 'ERR_PROC_UNSUPPORTED_CAPABILITY', capability });
    }
    expect(scene.starts).toBe(0);
  });
});

describe('together with fakes', () => {
  it('those that are registered afterwards have the first word, and see what is replayed', async () => {
    await scene.use({ mode: 'record' }, { p: 'recorded', q: 'recorded' }, (each) => each.run('p'));
    await scene.replay(async (processes) => {
      const fakes = fakeProcesses(processes, { q: 'faked' }, { recordStrays: true });
      expect((await processes.run('q')).output()).toBe('faked\n');
      expect((await processes.run('p')).output()).toBe('recorded\n');
      fakes.assertRanInOrder(['q', 'p']);
    });
  });
});

describe('two at once', () => {
  it('are refused for one manager, and for one file that is written', async () => {
    const { app } = await scene.manager({});
    const other = await scene.manager({});
    const cassette = await useCassette(scene.path, { target: app, mode: 'record' });

    await expect(useCassette(`${scene.path}.2`, { target: app })).rejects.toThrow('is in use');
    await expect(
      useCassette(scene.path, { target: other.processes, mode: 'record' }),
    ).rejects.toThrow('is being recorded already');
    await cassette.eject();
    await (await useCassette(scene.path, { target: other.app, mode: 'record' })).eject();
    await app.shutdown();
    await other.app.shutdown();
  });
});
