// A program that connects to a hub and runs functions that the test sends it: peer-program.cjs <transport> <id>
const { parentPort } = require('node:worker_threads');
const ipcPackage = require('../../src/index.ts');

const [transport, id] = process.argv.slice(2);
const CONNECTIONS = {
  process: () => ipcPackage.connectIpc(ipcPackage.processPort(), { name: id }),
  thread: () => ipcPackage.connectIpc(ipcPackage.messagePort(parentPort), { name: id }),
  socket: () => ipcPackage.connectIpcSocket({ name: id }),
};

async function main() {
  const ipc = await CONNECTIONS[transport]();
  await ipc.serve(`peer:${id}`, (text, args) => (0, eval)(`(${text})`)(ipc, ...args));
  await ipc.event(`ready:${id}`).set();
}

void main();
