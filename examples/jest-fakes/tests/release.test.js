const { Process } = require('@proc/process');
const {
  authorsSince,
  findBroken,
  publish,
  requireCleanTree,
  startPreview,
} = require('../src/release.js');

beforeEach(() => Process.preventStrayProcesses());
afterEach(() => Process.restore());

describe('patterns', () => {
  test('a clean tree may be released', async () => {
    Process.fake({ 'git status *': '' });

    await requireCleanTree();

    Process.assertRan('git status --porcelain');
    Process.assertRanCount(1);
  });

  test('a dirty tree is named', async () => {
    Process.fake({ 'git status *': ' M README.md' });

    await expect(requireCleanTree()).rejects.toThrow(' M README.md');
  });

  test('a failing git is an error with its output', async () => {
    Process.fake({
      'git *': Process.result({ exitCode: 128, errorOutput: 'fatal: not a git repository' }),
    });

    await expect(requireCleanTree()).rejects.toMatchObject({
      name: 'ProcessFailedError',
      message: expect.stringContaining('fatal: not a git repository'),
    });
  });
});

describe('sequences', () => {
  test('a busy registry is asked again', async () => {
    Process.fake({ 'npm publish *': Process.sequence().push(1).push(1).push('+ a@1.0.0') });

    await expect(publish('a')).resolves.toEqual({ name: 'a', attempts: 3 });

    Process.assertRanTimes('npm publish --workspace a', 3);
    Process.assertSequencesEmpty();
  });

  test('the third failure is final', async () => {
    Process.fake({ 'npm publish *': 1 });

    await expect(publish('a')).rejects.toThrow('npm publish --workspace a');

    Process.assertRanTimes('npm publish *', 3);
  });
});

describe('pools', () => {
  test('the broken packages are found, two at a time', async () => {
    Process.fake({
      'npm test *': Process.describe().delay(5),
      'npm test --workspace b': Process.describe().delay(5).exitCode(1),
    });

    await expect(findBroken(['a', 'b', 'c', 'd'])).resolves.toEqual(['b']);

    Process.assertRanCount(4);
    Process.assertPeakConcurrency(2);
  });
});

describe('pipelines', () => {
  test('every stage is faked, and each gets the output of the one before', async () => {
    const sort = Process.describe().perform(async ({ stdin, write }) => {
      const lines = (await text(stdin)).trimEnd().split('\n');
      await write('out', `${lines.sort().join('\n')}\n`);
    });
    Process.fake({
      'git log *': 'Zoe\nAda\nZoe',
      sort,
      'uniq -c': '   1 Ada\n   2 Zoe',
      'sort -rn': '   2 Zoe\n   1 Ada',
    });

    await expect(authorsSince('v1.0.0')).resolves.toEqual(['Zoe', 'Ada']);

    Process.assertRanInOrder(['git log *', 'sort', 'uniq -c', 'sort -rn']);
    expect(Process.recorded('sort')[0].result.output()).toBe('Ada\nZoe\nZoe\n');
  });

  test('a failing first stage fails the pipeline', async () => {
    Process.fake({ 'git log *': 128, '*': '' });

    await expect(authorsSince('v1.0.0')).rejects.toMatchObject({ name: 'PipelineFailedError' });

    Process.assertDidntRun('sort');
  });
});

describe('long-running processes', () => {
  test('the preview is there when it listens, and ends when told', async () => {
    Process.fake({
      'npm run preview': Process.describe()
        .output('building')
        .delay(5)
        .output('listening on http://localhost:3000')
        .delay('1h'),
    });

    const server = await startPreview();
    expect(server.running()).toBe(true);
    await server.stop();

    Process.assertSignalled('npm run preview', 'SIGTERM');
  });
});

describe('the stray guard', () => {
  test('what is not faked can not run', async () => {
    Process.fake({ 'npm *': '' });

    await expect(requireCleanTree()).rejects.toMatchObject({
      name: 'StrayProcessError',
      message: expect.stringContaining('git status --porcelain'),
    });
  });

  test('a wrong assertion says what ran instead', async () => {
    Process.fake({ '*': '' });
    await requireCleanTree();

    expect(() => Process.assertRan('git push')).toThrow('git status --porcelain');
  });
});

async function text(stream) {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}
