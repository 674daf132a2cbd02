// One of several processes that work for the same parent. It has a session with the parent's hub.
import { connectIpc, processPort } from '@proc/ipc';

const name = process.argv[2];
const ipc = connectIpc(processPort());

// Requests: who serves the same name takes turns.
await ipc.serve('root', (value) => {
  if (value < 0) throw new RangeError(`${value} has no root`);
  return { by: name, root: Math.sqrt(value) };
});

// Messages for all: everybody tells what it has heard.
const news = await ipc.channel('news').subscribe();
const heard = ipc.queue('heard');
void (async () => {
  for await (const message of news) await heard.put(`${name} has heard: ${message}`);
})();

// Jobs: each goes to one of the helpers. One that is lost with its helper comes back.
const jobs = ipc.queue('jobs', { ack: 'manual' });
void (async () => {
  for await (const job of jobs) {
    if (job.value === 'fatal' && job.deliveries === 1) {
      await ipc.lock('printer').acquire();
      process.kill(process.pid, 'SIGKILL');
    }
    await ipc.queue('finished').put(job.value);
    await job.ack();
  }
})();

await ipc.event(`${name} is ready`).set();
