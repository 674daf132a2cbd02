const { Process } = require('@proc/process');

/** Refuses to release what is not committed. */
async function requireCleanTree() {
  const status = await Process.run('git status --porcelain');
  if (status.throw().output() !== '') {
    throw new Error(`Commit or remove these first:\n${status.output()}`);
  }
}

/** Publishes one package; the registry may be busy, so it is tried three times. */
async function publish(name, options = {}) {
  const result = await Process.command(['npm', 'publish', '--workspace', name])
    .retry({ times: 2, delay: 5, ...options })
    .run();
  return { name, attempts: result.throw().attempts };
}

/** Tests all packages, a few at a time; returns the names of those that fail. */
async function findBroken(names) {
  const pool = Process.pool(
    (pool) => {
      for (const name of names) pool.as(name).command(['npm', 'test', '--workspace', name]);
    },
    { maxProcesses: 2 },
  );
  const results = await pool.start();
  return names.filter((name) => results.get(name).failed());
}

/** The authors since a tag, the busiest first. */
async function authorsSince(tag) {
  const result = await Process.pipe((pipe) => {
    pipe.command(['git', 'log', '--format=%an', `${tag}..HEAD`]);
    pipe.command('sort');
    pipe.command('uniq -c');
    pipe.command('sort -rn');
  }).runOrFail();
  return result.lines().map((line) => line.trim().replace(/^\d+ /, ''));
}

/** Starts the preview server; resolves with it once it listens. */
async function startPreview() {
  const server = await Process.start('npm run preview');
  await server.expect(/listening/, '30s');
  return server;
}

module.exports = { authorsSince, findBroken, publish, requireCleanTree, startPreview };
