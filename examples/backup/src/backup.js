const { Process, secret } = require('@proc/process');

/** The files of a directory, sorted. */
async function listFiles(directory) {
  const result = await Process.command(['find', '.', '-type', 'f']).path(directory).runOrFail();
  return result.lines().sort();
}

/** The checksum of each file, a few at a time. */
async function checksums(directory, files, { atOnce = 2 } = {}) {
  const pool = Process.pool(
    (pool) => {
      for (const file of files) pool.as(file).command(['cksum', file]).path(directory);
    },
    { maxProcesses: atOnce },
  );
  const results = await pool.start();
  results.throwIfAnyFailed();
  return Object.fromEntries(files.map((file) => [file, results.get(file).output().split(' ')[0]]));
}

/** One checksum of all lines in all files, in whatever order they are. */
async function fingerprint(directory, files) {
  const result = await Process.pipe((pipe) => {
    pipe.command(['cat', ...files]).path(directory);
    pipe.command('sort').env({ LC_ALL: 'C' });
    pipe.command('cksum');
  })
    .streaming()
    .runOrFail();
  return result.output().split(' ')[0];
}

/** Hands a list of what is in a backup to the server, which may be busy: three attempts, each of limited time. */
async function upload(manifest, { token, timeout = '30s' }) {
  const result = await Process.command(['upload', '--token', secret(token)])
    .input(JSON.stringify(manifest))
    .timeout(timeout)
    .retry({ times: 2, delay: 5 })
    .runOrFail();
  return { receipt: result.output().trim(), attempts: result.attempts };
}

/** What is in a directory. */
async function manifestOf(directory) {
  const files = await listFiles(directory);
  return {
    files: await checksums(directory, files),
    fingerprint: await fingerprint(directory, files),
  };
}

module.exports = { checksums, fingerprint, listFiles, manifestOf, upload };
