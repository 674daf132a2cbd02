/**
 * The little of core's workings that a worker needs, without all the rest: whatever is loaded here delays the start of
 * every worker. Like `internal`, it may change with any version.
 */

export { realTime } from './clock/real-time.js';
export { InvalidArgumentError } from './errors/invalid-argument-error.js';
export { ProcError } from './errors/proc-error.js';
export { lineageOf, setLineage } from './errors/lineage.js';
export { formatDuration } from './measures/format-duration.js';
export { parseDuration } from './measures/parse-duration.js';
export { parseSize } from './measures/parse-size.js';
export { uniqueId } from './process/unique-id.js';
export { allowManyListeners } from './termination/abort.js';
export { isAbortSignal } from './termination/is-abort-signal.js';
export { showValue } from './diagnostics/show-value.js';
