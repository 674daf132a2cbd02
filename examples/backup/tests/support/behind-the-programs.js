const { join } = require('node:path');
const { Process } = require('@proc/process');
const { useCassette } = require('@proc/testing/cassettes');

const CASSETTE = join(__dirname, '../cassettes/manifest-holds.json');

// For the real ones: the driver `execa` is an ES module, which a stock Jest can not load.
process.env.PROC_DRIVER ??= 'node';

/** What may stand behind the programs that a test runs. */
const behindThePrograms = {
  'a fake': async (test) => {
    Process.fake({
      'find . -type f': ['./letters/few.txt', './fruit.txt'],
      'cksum ./fruit.txt': '187333075 13 ./fruit.txt',
      'cksum ./letters/few.txt': '1491219681 4 ./letters/few.txt',
      'cksum ./missing.txt': Process.result('', 'cksum: ./missing.txt: No such file', 1),
      'cat *': ['pears', 'apples', 'b', 'a'],
      sort: ['a', 'apples', 'b', 'pears'],
      cksum: '1856892261 17',
    }).preventStrayProcesses();
    await test();
    Process.assertRanCount(8).assertNoStrays().restore();
  },
  'a cassette': async (test) => {
    const cassette = await useCassette(CASSETTE, { unused: 'fail' });
    try {
      await test();
    } finally {
      await cassette.eject();
    }
  },
  'the programs themselves': async (test) => {
    Process.spy();
    await test();
    Process.assertRanCount(8);
    if (!Process.recorded().every(({ stray }) => stray)) throw new Error('something was faked');
    Process.restore();
  },
};

module.exports = { behindThePrograms };
