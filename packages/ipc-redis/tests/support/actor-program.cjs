// Connects to a hub, and does what it is told in lines on its stdin, each an expression of `ipc` and `held`; it answers
// each with a line of JSON: actor-program.cjs <options as JSON>
const { createInterface } = require('node:readline');
const { connectIpcRedis } = require('../../src/index.ts');

void (async () => {
  const ipc = await connectIpcRedis(JSON.parse(process.argv[2]));
  const held = [];
  const run = (0, eval);
  for await (const line of createInterface({ input: process.stdin })) {
    const outcome = await (async () => run(`(ipc, held) => (${line})`)(ipc, held))().catch(
      ({ code }) => code,
    );
    process.stdout.write(`${JSON.stringify(outcome ?? null)}\n`);
  }
})();
