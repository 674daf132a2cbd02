export { PipeServiceProvider } from './pipe-service-provider.js';
export { installPipe, type PipeDefaults } from './install-pipe.js';
export { PipelineFactory, type PipelineFactoryParts } from './pipeline-factory.js';

export { Pipeline } from './pipeline.js';
export { RunningPipeline } from './running-pipeline.js';
export type { PipefailPolicy, PipelineMode, PipelineOptions } from './pipeline-options.js';
export type { PipelineBuilder } from './pipeline-builder.js';
export type { PipelineDefinition, StageInput } from './collect-stages.js';
export type { OutputOption, PipelineOutput, PipelineOutputCallback } from './output-callback.js';

export { ThroughStage } from './stages/through-stage.js';
export type {
  FunctionInput,
  MappedPiece,
  StageContext,
  StageFunction,
  StagePiece,
  ThroughOptions,
} from './stages/stage-function.js';
export type { StderrMode } from './stages/stage-entry.js';
export type { PipelineStage } from './described-stage.js';
export type { TeeTarget } from './streams/tee-target.js';

export { PipelineResult, type PipelineResultJson } from './results/pipeline-result.js';
export type { BranchResults } from './results/branched-result.js';
export type { StageResult } from './results/stage-result.js';
export { PipelineFailedError } from './errors/pipeline-failed-error.js';
export { PipelineStageError } from './errors/pipeline-stage-error.js';
