const { spawn } = require('node:child_process');
const { onParentExit } = require('../../src/client.ts');

const [, , role] = process.argv;
if (role === 'parent') {
  const args = [...process.execArgv, __filename, 'orphan'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 1] });
  child.stdout.once('data', () => process.send(child.pid));
}
if (role === 'orphan') {
  // It would live for ever otherwise.
  const alive = setInterval(() => undefined, 1000);
  onParentExit(() => clearInterval(alive), { every: 20 });
  process.stdout.write('ready');
}
if (role === 'idle') onParentExit(() => process.exit(1));
