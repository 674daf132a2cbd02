const { join } = require('node:path');
const { Process } = require('@proc/process');
require('@proc/testing/jest');
const { useCassette } = require('@proc/testing/cassettes');
const { checksums, manifestOf, upload } = require('../../src/backup.js');
const { behindThePrograms } = require('../support/behind-the-programs.js');
const { manifestHolds } = require('../support/manifest-holds.js');

const CASSETTE = join(__dirname, '../cassettes/backup.json');

describe('with fakes', () => {
  test('a busy server is asked again, and gets the manifest and the token', async () => {
    Process.fake({
      'upload *': Process.sequence()
        .push(Process.result({ exitCode: 75, errorOutput: 'busy' }))
        .push('receipt 7'),
    }).preventStrayProcesses();

    const uploaded = await upload({ files: {} }, { token: 'hunter2' });

    expect(uploaded).toEqual({ receipt: 'receipt 7', attempts: 2 });
    expect(Process).toHaveRunTimes('upload --token [secret]', 2);
    Process.assertSequencesEmpty();
    expect(String(Process.recorded('upload *')[1].input)).toBe('{"files":{}}');
    expect(JSON.stringify(Process.recorded()).includes('hunter2')).toBe(false);
  });

  test('a server that says nothing is given up', async () => {
    Process.fake({ 'upload *': Process.describe().delay('1h') });

    await expect(upload({}, { token: 'x', timeout: '20ms' })).rejects.toMatchObject({
      code: 'ERR_PROC_TIMED_OUT',
    });
    Process.assertRanTimes('upload *', 3).assertSignalled('upload *', 'SIGTERM');
  });

  test('at most two files are read at once', async () => {
    Process.fake({ 'cksum *': Process.describe().output('1 2 x').delay('5ms') });

    await checksums('.', ['a', 'b', 'c', 'd']);

    Process.assertRanCount(4).assertPeakConcurrency(2);
  });
});

describe('with a cassette', () => {
  let cassette;
  beforeEach(async () => {
    cassette = await useCassette(CASSETTE);
  });
  afterEach(() => cassette.eject());

  test('the manifest is what the programs really say, which need not be installed', async () => {
    expect(await manifestOf('tests/data')).toEqual({
      files: { './fruit.txt': '187333075', './letters/few.txt': '1491219681' },
      fingerprint: '1856892261',
    });
    expect(cassette.unused).toEqual([]);
  });
});

describe('the same test passes with', () => {
  for (const [what, behind] of Object.entries(behindThePrograms)) {
    test(what, () => behind(manifestHolds));
  }
});
