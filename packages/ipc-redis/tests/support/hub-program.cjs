// A process with a hub that others connect to: hub-program.cjs <options as JSON>; says that it listens, and for how long
// it is to be had.
const { IpcHub } = require('@proc/ipc');
const { listenIpcRedis } = require('../../src/index.ts');

void (async () => {
  const listener = await listenIpcRedis(new IpcHub(), JSON.parse(process.argv[2]));
  process.stdout.write('listening\n');
  const error = await listener.closed;
  process.stdout.write(`${error?.code}\n`);
})();
