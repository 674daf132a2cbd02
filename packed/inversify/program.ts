// Constructor injection as users write it: decorators, compiled by tsc, in a container of their own.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Application, ProcessManager, ProcessServiceProvider, processModule } from '@proc/core';
import { EventServiceProvider } from '@proc/events';
import { PipeServiceProvider } from '@proc/pipe';
import { PoolServiceProvider } from '@proc/pool';
import { Container, inject, injectable, type ContainerModule } from 'inversify';

@injectable()
class Greeter {
  constructor(@inject(ProcessManager) readonly processes: ProcessManager) {}

  async greet(): Promise<string> {
    return (await this.processes.run(['echo', 'hello'])).output();
  }
}

@injectable()
class Party {
  constructor(
    @inject(Greeter) readonly greeter: Greeter,
    @inject(ProcessManager) readonly processes: ProcessManager,
  ) {}
}

async function withoutApplication(): Promise<void> {
  const container = new Container();
  const module = processModule({ default: 'node' });
  await container.load(module);
  container.bind(Greeter).toSelf();
  container.bind(Party).toSelf();

  const party = container.get(Party);
  assert.equal(await party.greeter.greet(), 'hello\n');
  assert.equal(party.processes, party.greeter.processes);
  assert.equal(container.get(ProcessManager), party.processes);

  const running = await party.processes.start(['node', '-e', 'setInterval(Date, 1e4)']);
  await unload(container, module);
  assert.equal(running.running(), false);
}

/** inversify 7 and 8 have different names for it. */
async function unload(container: Container, module: ContainerModule): Promise<void> {
  const either = container as unknown as {
    unload(module: ContainerModule): unknown;
    unloadAsync?(module: ContainerModule): Promise<void>;
  };
  await (either.unloadAsync?.(module) ?? either.unload(module));
}

async function withApplication(): Promise<void> {
  const container = new Container();
  container.bind(Greeter).toSelf().inSingletonScope();
  const app = new Application({
    container,
    providers: [
      ProcessServiceProvider,
      EventServiceProvider,
      PoolServiceProvider,
      PipeServiceProvider,
    ],
    config: { process: { default: 'node' } },
  });
  await app.boot();

  assert.equal(await container.get(Greeter).greet(), 'hello\n');
  assert.equal(app.get(Greeter), container.get(Greeter));
  assert.equal(app.get(Party).processes, app.get('process.manager'));
  const [first] = await app.get(ProcessManager).concurrently([['echo', '1']]);
  assert.equal(first?.output(), '1\n');
  await app.shutdown();
}

async function main(): Promise<void> {
  await withoutApplication();
  await withApplication();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
