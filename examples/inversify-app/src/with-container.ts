import 'reflect-metadata';
import { processModule } from '@proc/core';
import { Container } from 'inversify';
import { TextStatistics } from './text-statistics.js';

/** A container with the application's services; `unbindAll()` stops what they have started. */
export function createContainer(): Container {
  const container = new Container();
  container.load(processModule({ default: 'node', timeout: '1m' }));
  container.bind(TextStatistics).toSelf().inSingletonScope();
  return container;
}
