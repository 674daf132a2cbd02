import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secret, type ProcessManager } from '@proc/core';
import { FakeProcessDescription as Description } from '@proc/testing';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { CassetteScene } from '../../support/cassette-scene.js';

let scene: CassetteScene;
beforeEach(() => {
  scene = new CassetteScene();
});
afterEach(() => scene.remove());

const life = (): Description => new Description();

describe('what is written', () => {
  it('is readable, and the same for two recordings in another order', async () => {
    const programs = { 'a *': 'one\ntwo', 'b *': life().errorOutput('warn').exitCode(2) };
    const run = (lines: readonly string[]) => async (processes: ProcessManager) => {
      for (const line of lines) await processes.run(line);
    };
    await scene.use({ mode: 'record' }, programs, run(['b 1', 'a 1', 'a 2']));
    const first = scene.text;
    await scene.use({ mode: 'record' }, programs, run(['a 2', 'b 1', 'a 1']));

    expect(scene.text).toBe(first);
    expect(JSON.parse(first)).toEqual({
      version: 1,
      entries: [
        {
          command: ['a', '1'],
          cwd: expect.any(String),
          steps: [{ out: ['one\n', 'two\n'] }],
          exit: 0,
        },
        expect.objectContaining({ command: ['a', '2'] }),
        { command: ['b', '1'], cwd: expect.any(String), steps: [{ err: 'warn\n' }], exit: 2 },
      ],
    });
  });

  it('does not depend on how the output was cut into chunks', async () => {
    const whole = { p: life().output('a\nb') };
    const cut = { p: life().output(Buffer.from('a\n')).output(Buffer.from('b\n')) };
    await scene.use({ mode: 'record' }, whole, (processes) => processes.run('p'));
    const first = scene.text;
    const { ino: before } = statSync(scene.path);
    await scene.use({ mode: 'record' }, cut, (processes) => processes.run('p'));

    expect(scene.text).toBe(first);
    // Unchanged, it is not written at all.
    expect(statSync(scene.path).ino).toBe(before);
  });

  it('has what is no text as base64', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 1]);
    await scene.use({ mode: 'record' }, { p: life().output(bytes) }, (processes) =>
      processes.run('p'),
    );

    expect(scene.entries[0]?.['steps']).toEqual([{ out64: bytes.toString('base64') }]);
    const replayed = await scene.replay((processes) => processes.run('p'));
    expect(replayed.bytes()).toEqual(bytes);
  });

  it('has names in the place of paths of this machine', async () => {
    const { directory } = scene;
    const printed = (): string => `in ${directory}/src, not in {project} or x${directory}`;
    await scene.use({ mode: 'record' }, { 'p *': printed }, (processes) =>
      processes
        .command(['p', `${directory}/a`, `--x=${directory}`])
        .path(directory)
        .run(),
    );

    expect(scene.entries[0]).toMatchObject({
      command: ['p', '{project}/a', '--x={project}'],
      cwd: '.',
      steps: [{ out: `in {project}/src, not in {{project} or x${directory}\n` }],
    });
    const replayed = await scene.replay((processes) =>
      processes
        .command(['p', `${directory}/a`, `--x=${directory}`])
        .path(directory)
        .run(),
    );
    expect(replayed.stdout).toBe(`${printed()}\n`);
  });

  it('takes the place of the old file at once, keeps its mode, and leaves no draft', async () => {
    const run = (processes: ProcessManager): Promise<unknown> => processes.run('p');
    await scene.use({ mode: 'record' }, { p: 'one' }, run);
    chmodSync(scene.path, 0o600);
    const { ino } = statSync(scene.path);
    await scene.use({ mode: 'record' }, { p: 'two' }, run);

    expect(scene.text).toContain('two');
    expect(statSync(scene.path).mode & 0o777).toBe(0o600);
    expect(statSync(scene.path).ino).not.toBe(ino);
    expect(readdirSync(scene.directory).sort()).toEqual(['cassette.json', 'package.json']);
  });

  it('is nothing where nothing ran', async () => {
    await scene.use({ mode: 'record' }, { p: 'one' }, (processes) => processes.run('p'));
    const before = scene.text;
    await scene.use({ mode: 'record' }, {}, async () => undefined);

    expect(scene.text).toBe(before);
    expect(readdirSync(scene.directory)).toHaveLength(2);
  });

  it('has times only when asked, and keeps what differs in nothing else', async () => {
    const program = { p: life().output('a').delay('30ms').output('b') };
    const run = (processes: ProcessManager): Promise<unknown> => processes.run('p');
    await scene.use({ mode: 'record', timing: true }, program, run);
    const steps = scene.entries[0]?.['steps'] as readonly { after?: number }[];
    expect(Math.max(...steps.map(({ after = 0 }) => after))).toBeGreaterThanOrEqual(15);
    const first = scene.text;
    await scene.use({ mode: 'record', timing: true }, program, run);
    expect(scene.text).toBe(first);
    await scene.use({ mode: 'record' }, program, run);
    expect(scene.text).not.toContain('after');
  });

  it('lacks what still runs at the end, which is an error that names it', async () => {
    const { app, processes } = await scene.manager({ 'serve *': life().output('up').delay('1h') });
    const { useCassette } = await import('@proc/testing/cassettes');
    const cassette = await useCassette(scene.path, { target: app, mode: 'record' });
    const running = await processes.start('serve 80');
    await expect(cassette.eject()).rejects.toMatchObject({
      code: 'ERR_PROC_CASSETTE_INCOMPLETE',
      commands: ['serve 80'],
    });
    await running.stop();
    await app.shutdown();
  });
});

describe('secrets', () => {
  const TOKEN = 's3cr3t-value';
  const login = (processes: ProcessManager): Promise<unknown> =>
    processes
      .command(['login', secret(TOKEN)])
      .env({ TOKEN: secret(`${TOKEN}-2`) })
      .input(secret(`${TOKEN}-3`))
      .run();

  it('are never written: of arguments, environment, input and outputs, also across chunks', async () => {
    const leaks = life()
      .output(Buffer.from(`a ${TOKEN.slice(0, 5)}`))
      .errorOutput('between')
      .output(Buffer.from(`${TOKEN.slice(5)} b`))
      .errorOutput(Buffer.from(TOKEN).toString('base64'))
      .output(Buffer.concat([Buffer.from([0xff]), Buffer.from(`${TOKEN}-3`)]));
    const options = { mode: 'record', match: { env: ['TOKEN'] }, timing: true } as const;
    await scene.use(options, { 'login *': leaks }, login);

    const plain = Buffer.from(scene.text);
    const decoded = scene.text.replace(/"([\w+/]+=*)"/g, (_, text: string) =>
      Buffer.from(text, 'base64').toString('latin1'),
    );
    expect(plain.includes(TOKEN)).toBe(false);
    expect(decoded).not.toContain(TOKEN);
    expect(scene.text).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 12));
    expect(scene.entries[0]?.['command']).toEqual(['login', expect.stringMatching(/^\[secret/)]);
  });

  it('of one process are not written of another', async () => {
    const programs = { 'login *': 'ok', show: `token: ${TOKEN}` };
    await scene.use({ mode: 'record' }, programs, async (processes) => {
      await processes.run('show');
      await processes.run(['login', secret(TOKEN)]);
    });

    expect(scene.text).not.toContain(TOKEN);
  });

  it('are in the output again when it is replayed, and other ones than were recorded do as well', async () => {
    const echo = {
      'echo *': (_: unknown, launch: { args: readonly string[] }) => launch.args[0] ?? '',
    };
    await scene.use({ mode: 'record' }, echo, (processes) =>
      processes.run(['echo', secret(TOKEN)]),
    );
    const replayed = await scene.replay((processes) => processes.run(['echo', secret('rotated')]));

    expect(replayed.stdout).toBe('rotated\n');
  });
});

describe('scrub', () => {
  it('changes every field before it is written, and before a call is looked for', async () => {
    const fields = new Set<string>();
    const scrub = (text: string, place: { field: string }): string => {
      fields.add(place.field);
      return text.replace(/id-\d+/g, 'id-N');
    };
    const options = { mode: 'record', scrub, match: { env: ['ID'] } } as const;
    const program = { 'p *': 'made id-77' };
    const run = (id: number) => (processes: ProcessManager) =>
      processes
        .command(['p', `id-${id}`])
        .env({ ID: `id-${id}` })
        .input(`id-${id}`)
        .run();
    await scene.use(options, program, run(1));

    expect(scene.text).not.toMatch(/id-\d/);
    expect([...fields].sort()).toEqual(['command', 'cwd', 'env', 'in', 'out']);
    const replayed = await scene.replay(run(2), { scrub, match: options.match });
    expect(replayed.stdout).toBe('made id-N\n');
  });

  it('must give a string', async () => {
    const scrub = (): never => undefined as never;
    await expect(
      scene.use({ mode: 'record', scrub }, { p: '' }, (processes) => processes.run('p')),
    ).rejects.toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
  });
});

describe('a file that can not be read', () => {
  const entry = { command: ['a'], cwd: '.', steps: [], exit: 0 };
  const text = (entries: unknown, version = 1): string => JSON.stringify({ version, entries });

  it.each([
    ['{\n"version": 1,\n<<<<<<< HEAD\n', 'line 3'],
    ['{\n"version": 1,\n"entries": [\n', 'line 3'],
    ['', 'line 1'],
    ['[]', 'line 1'],
    [text([], 2), 'version'],
    [text({}), 'entries'],
    [JSON.stringify({ version: 1, entries: [], more: 1 }), 'more'],
    [text([{ ...entry, command: [1] }]), 'entries[0].command'],
    [text([entry, { ...entry, exit: 'SIGNOPE' }]), 'entries[1].exit'],
    [text([{ ...entry, cwd: undefined }]), 'entries[0].cwd'],
    [text([{ ...entry, exit: undefined }]), 'entries[0].exit'],
    [text([{ ...entry, command: [] }]), 'entries[0].command'],
    [text([{ ...entry, input: 'md5:1' }]), 'entries[0].input'],
    [text([{ ...entry, steps: [{ out: 'a' }, { out: 1 }] }]), 'entries[0].steps[1].out'],
    [text([{ ...entry, steps: [{ out64: '%' }] }]), 'entries[0].steps[0].out64'],
    [text([{ ...entry, steps: [{ out: 'a', err: 'b' }] }]), 'entries[0].steps[0]'],
    [text([{ ...entry, steps: [{}] }]), 'entries[0].steps[0]'],
    [text([{ ...entry, stdout: '' }]), 'entries[0].stdout'],
  ])('is an error that names the place: %#', async (content, place) => {
    writeFileSync(scene.path, content);
    await expect(scene.replay(async () => undefined)).rejects.toMatchObject({
      code: 'ERR_PROC_CASSETTE_FORMAT',
      path: scene.path,
      place,
    });
  });
});
