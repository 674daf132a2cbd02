// Signals: asking a process to end, insisting, and ending many together.
import { Process, ProcessTimedOutError } from '@proc/process';

const start = async (name) => {
  const running = await Process.command(['node', `src/programs/${name}.js`])
    .killWith('SIGTERM', '1s') // how to ask, and how long to wait before SIGKILL
    .start();
  await running.expect('up', '20s');
  return running;
};

console.log('# a signal, and the handler in the program');
const polite = await start('polite');
polite.signal('SIGTERM');
const left = await polite.wait();
console.log(left.lines(), left.exitCode);

console.log('# asking, then insisting');
const stubborn = await start('stubborn');
const ended = await stubborn.stop();
console.log(ended.lines(), ended.signal, ended.reason);

console.log('# a limit of time goes the same way');
const late = await Process.command('echo begun; sleep 600')
  .timeout('1s')
  .run()
  .catch((error) => error);
console.log(ProcessTimedOutError.is(late), late.result.lines());

console.log('# a signal reaches the children of a child, too');
const grandchild =
  '(trap "echo grandchild: finishing; exit" TERM; echo grandchild: up; sleep 600 & wait)';
const family = await Process.command(`${grandchild} & wait`).start();
await family.expect('up', '20s');
console.log((await family.stop()).lines());

console.log('# an application that is told to end, and ends its services first');
const supervisor = await Process.command(['node', 'src/programs/supervisor.js']).start();
await supervisor.expect('both are up', '20s');
supervisor.kill('SIGTERM'); // it alone, as a process manager of the system would
const report = await supervisor.wait();
console.log(report.lines(), report.signal);
