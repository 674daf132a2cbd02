import 'reflect-metadata';
import {
  Application,
  EventDispatcher,
  ProcessCompleted,
  ProcessManager,
  ProcessServiceProvider,
  type ProcessResult,
} from '@proc/core';
import { EventServiceProvider } from '@proc/events';
import { PipeServiceProvider, type Pipeline, type PipelineResult } from '@proc/pipe';
import { PoolServiceProvider, ProcessPool, type PoolResults } from '@proc/pool';
import { Process, createProcess, type RunningProcess } from '@proc/process';
import { fakeProcesses } from '@proc/testing';
import { useCassette, type CassetteMode } from '@proc/testing/cassettes';
import * as conformance from '@proc/testing/conformance';

async function main(): Promise<string> {
  const processes = await createProcess({ default: 'node', timeout: '30s' });
  const result: ProcessResult = await processes.command(['echo', 'hello']).timeout('5s').run();

  const pool: PoolResults = await processes
    .pool((entries) => {
      entries.as('first').command('echo 1');
      entries.pipeThrough((stages) => {
        stages.command('echo 2');
        stages.command('cat');
      });
    })
    .start((type, chunk, key) => {
      const line: string = `${type} ${key}: ${chunk}`;
      void line;
    });

  const pipeline: Pipeline = processes.pipe((stages) => {
    stages.command('echo three');
    stages.command('wc -c').quietly();
  });
  const piped: PipelineResult = await pipeline.run();

  const queue = new ProcessPool(processes, { concurrency: 2 });
  const queued = await queue.start('echo', ['4']);
  await queue.close();

  const running: RunningProcess = await processes.start(['echo', '5']);
  let lines = 0;
  for await (const line of running.lines()) lines += line.length;
  await processes.shutdown();

  const app = new Application({
    providers: [
      ProcessServiceProvider,
      EventServiceProvider,
      PoolServiceProvider,
      PipeServiceProvider,
    ],
  });
  await app.boot();
  let seen: number | null = null;
  app.get(EventDispatcher).listen(ProcessCompleted, (event) => {
    seen = event.result.exitCode;
  });
  const manager: ProcessManager = app.get(ProcessManager);
  fakeProcesses(manager);
  await manager.run('anything');
  await app.shutdown();

  Process.fake({ 'git *': 'main' });
  const branch = await Process.run('git branch');
  Process.assertRan('git branch');
  Process.restore();

  // @ts-expect-error -- a command is text
  await Process.run(42).catch(() => undefined);

  const mode: CassetteMode = 'passthrough';
  await (await useCassette('cassette.json', { mode })).eject();

  const suite: number = Object.keys(conformance).length;
  return [
    result.output(),
    pool.get('first')?.output(),
    piped.stages.length,
    queued.exitCode,
    lines,
    seen,
    branch.output(),
    suite > 0,
  ]
    .map((value) => String(value).trim())
    .join(' ');
}

main().then(
  (text) => {
    console.log(text);
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
