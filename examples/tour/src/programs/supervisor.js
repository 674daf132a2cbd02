// An application with two services. When it is told to end, it ends them first, both at the same time.
import {
  Application,
  defaultProviders,
  EventDispatcher,
  ProcessCompleted,
  ProcessManager,
} from '@proc/process';

const app = new Application({ providers: defaultProviders });
await app.boot();
app.listenForSignals(); // a library does not do this unasked
const processes = app.get(ProcessManager);
app.get(EventDispatcher).listen(ProcessCompleted, ({ process: { tag }, result }) => {
  console.log(`${tag} has ended: ${result.signal ?? `exit code ${result.exitCode}`}`);
});

for (const tag of ['polite', 'stubborn']) {
  const service = await processes
    .command(['node', `src/programs/${tag}.js`])
    .options({ tag })
    .killWith('SIGTERM', '1s')
    .start();
  await service.expect('up', '20s');
}
console.log('both are up');
