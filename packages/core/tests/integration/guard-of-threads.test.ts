import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { startApplication } from '../support/application.js';
import { leftOut } from '../support/left-out.js';
import { Lifeline } from '../support/lifeline.js';

jest.setTimeout(60_000);

const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it) leftOut('only Linux has /proc');

const SOURCES = join(__dirname, '../support/register-sources.cjs');

/** States of the processes that this one has started. */
const CHILDREN = `
  const { readdirSync, readFileSync } = require('node:fs');
  const children = () => readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).flatMap((pid) => {
    let stat;
    try {
      stat = readFileSync('/proc/' + pid + '/stat', 'utf8');
    } catch {
      return [];
    }
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parent) === process.pid ? [state] : [];
  });`;

/** Runs a program in a thread, and goes on once that has ended in this way. */
const inThread = (end: string): string => `
  ${CHILDREN}
  const { Worker } = require('node:worker_threads');
  const code = \`
    const core = require('./src/index.ts');
    const app = new core.Application({ providers: [core.ProcessServiceProvider] });
    app.get(core.ProcessManager).run('true').then(() => { ${end} });
  \`;
  const worker = new Worker(code, { eval: true, execArgv: ['--require', ${JSON.stringify(SOURCES)}] });
  await require('node:events').once(worker, 'exit');
  // What guards a thread sees that it is gone, and goes too: a child of this process, whose end is a signal.
  for (;;) {
    const oneEnds = require('node:events').once(process, 'SIGCHLD');
    if (children().every((state) => state === 'Z')) break;
    await oneEnds;
  }
  console.log(children().length);
  process.removeAllListeners('SIGCHLD');`;

onLinux.each([
  ['by itself', ''],
  ['by `process.exit()`', 'process.exit()'],
])('a thread that has run programs and ends %s leaves no zombie', async (_, end) => {
  expect(await startApplication('execa', inThread(end)).printed).toBe('0\n');
});

onLinux('what a thread has started is ended when the program is killed', async () => {
  using lifeline = new Lifeline();
  const line = JSON.stringify(lifeline.hold('exec sleep 1000'));
  const code = `
    const { Worker } = require('node:worker_threads');
    const code = \`
      const core = require('./src/index.ts');
      const app = new core.Application({ providers: [core.ProcessServiceProvider] });
      app.get(core.ProcessManager).start('sh', ['-c', ${line}])
        .then(() => require('node:worker_threads').parentPort.postMessage('started'));
    \`;
    const worker = new Worker(code, { eval: true, execArgv: ['--require', ${JSON.stringify(SOURCES)}] });
    await require('node:events').once(worker, 'message');
    console.log('started');`;
  const { child, printed } = startApplication('execa', code);
  printed.catch(() => undefined);
  await new Promise<unknown>((resolve) => child.stdout?.once('data', resolve));
  await lifeline.pids(1);
  child.kill('SIGKILL');
  await lifeline.released();
});
