// A program that connects to a hub and runs functions that the test sends it: peer-program.cjs <id> <options as JSON>
const { connectIpcRedis } = require('../../src/index.ts');

const [id, options] = process.argv.slice(2);

async function main() {
  const ipc = await connectIpcRedis({ ...JSON.parse(options), name: id });
  await ipc.serve(`peer:${id}`, (text, args) => (0, eval)(`(${text})`)(ipc, ...args));
  await ipc.event(`ready:${id}`).set();
}

void main();
