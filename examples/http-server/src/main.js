import {
  Application,
  defaultProviders,
  EventDispatcher,
  ProcessCompleted,
  ProcessStarted,
} from '@proc/process';
import { createServer } from './server.js';

const [logFile = '/var/log/syslog'] = process.argv.slice(2);

const app = new Application({ providers: defaultProviders });
await app.boot();

const events = app.get(EventDispatcher);
events.listen(ProcessStarted, ({ process: { pid, command } }) => {
  console.log(`started ${pid}: ${command}`);
});
events.listen(ProcessCompleted, ({ process: { pid }, result }) => {
  console.log(`ended ${pid}: ${result.reason ?? result.exitText}`);
});

const server = createServer(app, { logFile });
const address = await server.listen({ port: Number(process.env.PORT ?? 0) });
console.log(`listening on ${address}`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await server.close();
    console.log('closed');
  });
}
