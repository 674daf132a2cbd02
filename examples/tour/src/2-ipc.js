// Messages between processes: a child of one's own with `send` and `request`, and several with queues, calls and locks.
import { Ipc, IpcHub, IpcServiceProvider, RemoteCallError, runningProcessPort } from '@proc/ipc';
import { Process } from '@proc/process';

console.log('# a question and its answer');
const squares = await Process.node('src/programs/square.js').start();
console.log(await squares.request({ id: 1, value: 7 }, '10s'));
await squares.disconnect();
console.log('exit code', (await squares.wait()).exitCode);

// For more than that there is a hub in this process, and each helper has a session with it.
await Process.application.register(IpcServiceProvider);
const hub = Process.application.get(IpcHub);
const ipc = Process.application.get(Ipc);

const helpers = {};
for (const name of ['ann', 'bob']) {
  helpers[name] = await Process.node('src/programs/helper.js', [name]).ipc('advanced').start();
  hub.connect(runningProcessPort(helpers[name]), { name });
  await ipc.event(`${name} is ready`).wait({ timeout: '20s' });
}

console.log('# calls: those who serve a name take turns');
const roots = [];
for (const value of [4, 9, 16, 25]) roots.push(await ipc.call('root', [value], { timeout: '10s' }));
console.log(roots.map(({ by, root }) => `${by} says ${root}`));

console.log('# errors come back as errors');
const error = await ipc.call('root', [-1]).catch((reason) => reason);
console.log(RemoteCallError.is(error), error.cause?.message ?? error.message);

console.log('# a message for all');
await ipc.channel('news').publish('lunch is ready');
const heard = ipc.queue('heard');
const told = [await heard.get({ timeout: '10s' }), await heard.get({ timeout: '10s' })];
console.log(told.sort());

console.log('# a queue of jobs, one of which kills its helper');
const jobs = ipc.queue('jobs', { ack: 'manual' });
for (const job of ['first', 'fatal', 'last']) await jobs.put(job);
const finished = [];
while (finished.length < 3) finished.push(await ipc.queue('finished').get({ timeout: '20s' }));
console.log(finished.sort()); // none is lost

console.log('# who was killed keeps no lock');
const held = await ipc.lock('printer').acquire({ timeout: '10s' });
console.log('abandoned:', held.abandoned);
await held.release();
const { sessions } = await ipc.stats();
console.log('left:', sessions.filter(({ name }) => name in helpers).length, 'of 2 helpers');

await Process.shutdown();
