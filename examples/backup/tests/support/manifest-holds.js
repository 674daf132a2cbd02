const assert = require('node:assert/strict');
const { checksums, manifestOf } = require('../../src/backup.js');

/** What has to hold of the manifest, whatever stands behind the programs. */
async function manifestHolds() {
  assert.deepEqual(await manifestOf('tests/data'), {
    files: { './fruit.txt': '187333075', './letters/few.txt': '1491219681' },
    fingerprint: '1856892261',
  });

  await assert.rejects(checksums('tests/data', ['./fruit.txt', './missing.txt']), (error) => {
    const { exitCode, stdout, stderr } = error.results.get('./missing.txt');
    assert.deepEqual([exitCode, stdout], [1, '']);
    assert.match(stderr, /missing\.txt/);
    return error.code === 'ERR_PROC_POOL_FAILED';
  });
}

module.exports = { manifestHolds };
