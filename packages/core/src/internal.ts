/**
 * What the sibling packages, and drivers, share of core's workings. It may change with any version; all packages of
 * this project have the same one.
 */

export { resolveProcessConfig } from './manager/define-process-config.js';
export type { ResolvedProcessConfig } from './manager/process-config.js';
export { EntryList, type AttributedEntry, type EntryAttributes } from './manager/entry-list.js';
export { offerTestingMembers, TESTING_MEMBERS } from './manager/plug-in-members.js';
export { endRemains, remainsOf, type Remains } from './manager/remains.js';
export { redactCause } from './redaction/redact-cause.js';
export { SecretTable } from './redaction/secret-table.js';
export { secretsOf } from './redaction/spec-secrets.js';
export { describedLine } from './process/described-line.js';
export { LISTENER_FAILED, warnOfListener } from './events/warn-of-listener.js';
export { uniqueId } from './process/unique-id.js';
export { RecordedResult } from './result/recorded-result.js';
export { keptSize } from './result/kept-size.js';
export { outputOf, recordOf, type KeptOutput, type ResultRecord } from './result/result-record.js';
export { receiverFailure } from './diagnostics/receiver-failure.js';
export { SpillFile } from './capture/spill-file.js';
export { processOptionHint } from './process/apply-options.js';
export { requireCapabilities } from './process/require-capabilities.js';
export { exitText, signalText } from './diagnostics/exit-text.js';
export { lineageOf, setLineage } from './errors/lineage.js';
export { attachResult } from './errors/process-error.js';
export { exhaustionText } from './diagnostics/exhaustion-text.js';
export { startError } from './diagnostics/start-error.js';
export { canStart } from './launch/can-start.js';
export type { StartFindings } from './launch/start-findings.js';
export { CallSite } from './diagnostics/call-site.js';
export { failureMessage, tail, type FailureFacts } from './diagnostics/failure-message.js';
export { commandLine, plainCommandLine, quote } from './command/quote.js';
export { pathText } from './command/path-text.js';
export { didYouMean, nearest } from './command/nearest.js';
export { LineSplitter, splitLines } from './capture/line-splitter.js';
export { allowManyListeners } from './termination/abort.js';
export { isAbortSignal } from './termination/is-abort-signal.js';
export { orphanGuard } from './termination/orphan-guard.js';
export { unlessAborted } from './termination/unless-aborted.js';
export { normalizeSignal, signalNumber } from './termination/signals.js';
export { systemClock } from './clock/system-clock.js';
export { pause } from './clock/pause.js';
export { realPause } from './clock/real-pause.js';
export { realTime } from './clock/real-time.js';
export { parseDuration } from './measures/parse-duration.js';
export { formatDuration } from './measures/format-duration.js';
export { resolveRetry } from './process/resolve-retry.js';
export { patiently } from './process/patience.js';
export { isFinal, retryDelay } from './process/retry-rule.js';
export { webStreamHint } from './diagnostics/web-stream-hint.js';
export { showValue } from './diagnostics/show-value.js';
export { parseShare } from './measures/parse-share.js';
export { parseSize } from './measures/parse-size.js';
export { inputStream } from './input/input-stream.js';
export { codeDirectory } from './kernel/code-directory.js';
export { ownOnly } from './kernel/own-only.js';
export { Roster } from './kernel/roster.js';
export { readObject } from './kernel/read-object.js';
export { requireList } from './kernel/require-list.js';
export { unpolluted } from './kernel/unpolluted.js';
export { findExecutable, type ExecutableLookup } from './launch/find-executable.js';
export { posixShell } from './launch/shell-launch.js';
export { signalGroup } from './drivers/process-group.js';
export { hasDescriptors } from './drivers/descriptor-room.js';
export { localCapabilitiesOf } from './drivers/local-capabilities.js';
export { freeChunk } from './drivers/free-chunk.js';
export { LocalGroup, leadsGroup } from './drivers/local-group.js';
export { directLaunch, preludedLaunch } from './drivers/local-launch.js';
export {
  environmentToSearch,
  handOnInherited,
  inheritedBy,
} from './launch/inherited-environment.js';
export type { LaunchWords } from './drivers/launch-words.js';
/** Of the container that core is used with; what only it depends on, others name by it. */
export type { ServiceIdentifier } from 'inversify';
