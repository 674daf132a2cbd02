export {
  Application,
  type ApplicationOptions,
  type ApplicationState,
  type ProviderEntry,
  type ResolvableName,
} from './kernel/application.js';
export { Configuration, type ConfigRecord } from './kernel/configuration.js';
export { DeferredProvider, type Deferral } from './kernel/deferred-provider.js';
export type {
  AnyContainer,
  UniversalContainer,
  UniversalContainerModule,
} from './kernel/inversify-types.js';
export { announceClass, type ServiceClass } from './kernel/service-class.js';
export { ServiceProvider, type ServiceProviderClass } from './kernel/service-provider.js';

export { ProcessServiceProvider } from './manager/process-service-provider.js';
export { processModule } from './manager/process-module.js';
export { defineProcessConfig } from './manager/define-process-config.js';
export type { DriverConfig, ProcessConfig } from './manager/process-config.js';

export type { Clock, ClockSource, TimerOptions } from './contracts/clock.js';
export { EventDispatcher } from './contracts/event-dispatcher.js';
export type {
  EventClass,
  EventListener,
  EventSubscriber,
  Unsubscribe,
} from './contracts/event-dispatcher.js';
export { ProcessManager } from './contracts/process-manager.js';
export type { TemplateValue, TemplateWord } from './contracts/process-manager.js';
export type {
  ArgvCommand,
  Command,
  CommandInput,
  CommandWord,
  ShellCommand,
} from './contracts/command.js';
export type {
  DriverDecorator,
  DriverFactory,
  DriverRegistration,
} from './contracts/driver-factory.js';
export type { DrainOptions, DrainSpec } from './contracts/drain.js';
export type { CallSite } from './diagnostics/call-site.js';
export type { SecretTable } from './redaction/secret-table.js';
export type { TextCut, TextRedactor } from './redaction/text-redactor.js';
export type { EntryDescription, EntryInput } from './manager/entry-list.js';
export type { Duration } from './contracts/duration.js';
export type { EntryBuilder, KeyedEntry } from './contracts/entry-builder.js';
export type { EnvironmentMap, EnvironmentSpec } from './contracts/environment-spec.js';
export type { InputPiece, InputSource } from './contracts/input-source.js';
export type { IpcSerialization } from './contracts/ipc.js';
export type { LaunchContext, LaunchStreams, Launchable, Launched } from './contracts/launchable.js';
export type { MessageChannel } from './contracts/message-channel.js';
export type { MessagePeer } from './contracts/message-peer.js';
export type { NextMiddleware, ProcessMiddleware } from './contracts/middleware.js';
export type { OutputCallback, OutputType } from './contracts/output-callback.js';
export type {
  OutputOptions,
  RetentionOptions,
  RetentionPolicy,
  RetentionSpec,
} from './contracts/output-spec.js';
export type {
  DriverCapabilities,
  LaunchSpec,
  PipeEnds,
  ProcessDriver,
  StdioTarget,
} from './contracts/process-driver.js';
export type { PollKind, ProcessExit, ProcessHandle } from './contracts/process-handle.js';
export type { CommandDescription, ProcessOptions } from './contracts/process-options.js';
export type {
  ProcessResult,
  ProcessResultJson,
  StreamName,
  ThrowCallback,
} from './contracts/process-result.js';
export type { InputKind, ProcessSpec } from './contracts/process-spec.js';
export type { ProcessStarters } from './contracts/process-starters.js';
export type { LimitOptions, ResourceLimits } from './contracts/resource-limits.js';
export type { RetryOptions, RetryPredicate, RetrySpec } from './contracts/retry.js';
export type {
  IterationOptions,
  OutputChunk,
  OutputTest,
  ProcessSnapshot,
  RunningProcess,
} from './contracts/running-process.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './contracts/schema.js';
export type { Size } from './contracts/size.js';
export type { ProcessStatus, TerminationReason } from './contracts/termination-reason.js';

export { isSecret, Secret, secret, type SecretPart } from './redaction/secret.js';
export { PendingProcess } from './process/pending-process.js';

export { ExecaDriver } from './drivers/execa-driver.js';
export { NodeDriver } from './drivers/node-driver.js';

export { ArgumentListTooLongError } from './errors/argument-list-too-long-error.js';
export { CommandNotFoundError } from './errors/command-not-found-error.js';
export { ConfigurationError } from './errors/configuration-error.js';
export { DriverNotFoundError } from './errors/driver-not-found-error.js';
export { DriverUnavailableError } from './errors/driver-unavailable-error.js';
export { ExpectationError } from './errors/expectation-error.js';
export { InputClosedError } from './errors/input-closed-error.js';
export { InputSourceError } from './errors/input-source-error.js';
export { InvalidArgumentError } from './errors/invalid-argument-error.js';
export { LimitRefusedError } from './errors/limit-refused-error.js';
export { MessageChannelError } from './errors/message-channel-error.js';
export { MiddlewareError } from './errors/middleware-error.js';
export { NotExecutableError } from './errors/not-executable-error.js';
export { OutputCallbackError } from './errors/output-callback-error.js';
export { OutputFormatError } from './errors/output-format-error.js';
export { OutputLimitError } from './errors/output-limit-error.js';
export { ProcError } from './errors/proc-error.js';
export { ProcessCancelledError } from './errors/process-cancelled-error.js';
export { ProcessError } from './errors/process-error.js';
export { ProcessFailedError } from './errors/process-failed-error.js';
export { ProcessIdleTimedOutError } from './errors/process-idle-timed-out-error.js';
export { ProcessNotRunningError } from './errors/process-not-running-error.js';
export { ProcessSignaledError } from './errors/process-signaled-error.js';
export { ProcessStartError } from './errors/process-start-error.js';
export { ProcessTimedOutError } from './errors/process-timed-out-error.js';
export { ProviderError } from './errors/provider-error.js';
export { ResourceExhaustedError } from './errors/resource-exhausted-error.js';
export { UnsupportedCapabilityError } from './errors/unsupported-capability-error.js';
export { WorkingDirectoryError } from './errors/working-directory-error.js';

export {
  PipelineCompleted,
  PipelineEvent,
  PipelineStarted,
  StageCompleted,
} from './events/pipeline-events.js';
export { PoolCompleted, PoolEvent, PoolProgress, PoolStarted } from './events/pool-events.js';
export type { PoolGate, PoolProgressSnapshot } from './events/pool-events.js';
export { ProcEvent } from './events/proc-event.js';
export { ProcessCompleted } from './events/process-completed.js';
export { ProcessEnded } from './events/process-ended.js';
export { ProcessEvent, type RunIdentity } from './events/process-event.js';
export { ProcessFailed } from './events/process-failed.js';
export { ProcessKilled } from './events/process-killed.js';
export { ProcessOutput } from './events/process-output.js';
export { ProcessRetrying } from './events/process-retrying.js';
export { ProcessSignaled } from './events/process-signaled.js';
export { ProcessStarted } from './events/process-started.js';
export { ProcessStarting } from './events/process-starting.js';
export { ProcessTimedOut } from './events/process-timed-out.js';
