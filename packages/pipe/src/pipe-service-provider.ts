import {
  EventDispatcher,
  ProcessManager,
  ServiceProvider,
  type Application,
  type ProcessConfig,
} from '@proc/core';
import { resolveProcessConfig } from '@proc/core/internal';
import { addPipeMacros } from './install-pipe.js';
import { PipelineFactory } from './pipeline-factory.js';

/**
 * Brings `processes.pipe` and `processes.pipeThrough`, and `pipeThrough` to pools. Reads `process.pipe.mode` of the
 * configuration. Needs `ProcessServiceProvider` of `@proc/core`. At shutdown, pipelines that run are stopped.
 */
export class PipeServiceProvider extends ServiceProvider {
  override register(): void {
    this.app.singleton(PipelineFactory, makeFactory).alias('process.pipe', PipelineFactory);
  }

  override boot(): void {
    addPipeMacros(this.app.get(ProcessManager), this.app.get(PipelineFactory));
  }

  override shutdown(): Promise<void> {
    return this.app.get(PipelineFactory).stop();
  }

  override provides(): readonly [typeof PipelineFactory] {
    return [PipelineFactory];
  }
}

function makeFactory(app: Application): PipelineFactory {
  const { pipe } = resolveProcessConfig(app.config.get<ProcessConfig>('process', {}));
  return new PipelineFactory({
    manager: app.get(ProcessManager),
    events: () => (app.bound(EventDispatcher) ? app.get(EventDispatcher) : undefined),
    mode: pipe.mode,
  });
}
