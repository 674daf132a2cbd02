// Waits for an item of the queue "q", says what it is, and has nothing else to do: idle-program.cjs <options as JSON>
const { connectIpcRedis } = require('../../src/index.ts');

void (async () => {
  const ipc = await connectIpcRedis(JSON.parse(process.argv[2]));
  const item = ipc.queue('q').get();
  process.stdout.write('waiting\n');
  process.stdout.write(`${await item}\n`);
})();
