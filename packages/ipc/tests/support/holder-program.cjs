// Takes the lock "one", tells the queue "holders" of it, and keeps it: holder-program.cjs <transport> <id>
const { parentPort } = require('node:worker_threads');
const { connectIpc, messagePort, processPort } = require('../../src/client.ts');

const [transport, id] = process.argv.slice(2);

async function main() {
  const port = transport === 'thread' ? messagePort(parentPort) : processPort();
  const ipc = connectIpc(port, { name: id });
  const { token, abandoned } = await ipc.lock('one').acquire();
  await ipc.queue('holders').put({ id, token, abandoned });
}

void main();
