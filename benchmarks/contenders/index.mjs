const module = (file, name) => async (argument) => (await import(file))[name](argument);

/** How to make each contender, by the kind that its description has. Loaded only where it is measured. */
export const kinds = {
  ours: module('./ours.mjs', 'ours'),
  child_process: module('./child-process.mjs', 'childProcess'),
  execa: module('./execa.mjs', 'execaPeer'),
  tinyexec: module('./tinyexec.mjs', 'tinyexecPeer'),
  'nano-spawn': module('./nano-spawn.mjs', 'nanoSpawnPeer'),
  zx: module('./zx.mjs', 'zxPeer'),
  bash: module('./tools.mjs', 'bash'),
  xargs: module('./tools.mjs', 'xargs'),
  'GNU parallel': module('./tools.mjs', 'gnuParallel'),
  'posix_spawn in C': module('./tools.mjs', 'posixSpawnLoop'),
  'posix_spawn from Node': module('./posix-spawn.mjs', 'posixSpawn'),
  '@proc workers': module('./workers/ours.mjs', 'ours'),
  'piscina workers': module('./workers/piscina.mjs', 'piscina'),
  'tinypool workers': module('./workers/tinypool.mjs', 'tinypool'),
  'workerpool workers': module('./workers/workerpool.mjs', 'workerPool'),
  'jest-worker workers': module('./workers/jest-worker.mjs', 'jestWorker'),
  'poolifier workers': module('./workers/poolifier.mjs', 'poolifier'),
  'serial loop': module('./workers/serial.mjs', 'serial'),
};
