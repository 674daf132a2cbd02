// A process with a hub that others connect to: hub-program.cjs [path]; ends when it is told so on its stdin.
const { IpcHub, listenIpc } = require('../../src/index.ts');

void (async () => {
  const { environment } = await listenIpc(new IpcHub(), { path: process.argv[2] });
  process.stdout.write(`${JSON.stringify(environment)}\n`);
  process.stdin.once('data', () => process.exit(0));
})();
