import 'reflect-metadata';
import { Application, defineProcessConfig, ProcessServiceProvider } from '@proc/core';
import { Container } from 'inversify';
import { TextStatistics } from './text-statistics.js';

/** An application around a container of our own; `shutdown()` stops what its services have started. */
export async function createApplication(): Promise<Application> {
  const container = new Container();
  container.bind(TextStatistics).toSelf().inSingletonScope();
  const app = new Application({
    container,
    providers: [ProcessServiceProvider],
    config: { process: defineProcessConfig({ default: 'node', timeout: '1m' }) },
  });
  await app.boot();
  return app;
}
