const { DriverUnavailableError, Process, createProcess } = require('@proc/process');

describe('the node driver', () => {
  let processes;
  beforeAll(async () => {
    processes = await createProcess({ default: 'node' });
  });
  afterAll(() => processes.shutdown());

  test('runs a process', async () => {
    const result = await processes.run(['echo', 'hello']);
    expect(result.output()).toBe('hello\n');
    expect((await processes.run('exit 3')).exitCode).toBe(3);
  });

  test('runs a pool', async () => {
    const results = await processes.concurrently([
      ['echo', '1'],
      ['echo', '2'],
    ]);
    expect([...results].map((result) => result.output())).toEqual(['1\n', '2\n']);
  });

  test.each(['sequential', 'streaming'])('runs a %s pipeline', async (mode) => {
    const line = processes.pipe((pipe) => {
      pipe.command(['echo', 'b\na']);
      pipe.through(async function* (lines) {
        for await (const text of lines) yield `${text}!\n`;
      });
      pipe.command('sort');
    });
    const result = await (mode === 'streaming' ? line.streaming() : line).run();
    expect(result.output()).toBe('a!\nb!\n');
  });

  test('streams lines and is stopped', async () => {
    const running = await processes.start('node', ['-e', 'console.log(1); setInterval(Date, 1e4)']);
    await running.waitUntil('1');
    const result = await running.stop();
    expect(result.signal).toBe('SIGTERM');
  });
});

test('the execa driver works, or says what to do where Jest has no dynamic import', async () => {
  const dynamicImport = await import('execa').then(
    () => true,
    () => false,
  );
  const outcome = await Process.command(['echo', 'hello'])
    .driver('execa')
    .run()
    .catch((error) => error);
  if (dynamicImport) {
    expect(outcome.output()).toBe('hello\n');
    return;
  }
  expect(DriverUnavailableError.is(outcome)).toBe(true);
  expect(outcome.message).toContain('PROC_DRIVER=node');
  expect(outcome.message).toContain('--experimental-vm-modules');
  expect(outcome.message).toContain(".driver('node')");
});
