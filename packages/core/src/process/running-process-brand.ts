import type { Readable } from 'node:stream';
import type { SecretTable } from '../redaction/secret-table.js';

const BRAND = Symbol.for('@proc/core/RunningProcess');

/** What core needs of a running process that serves as input. */
export interface ReplayableProcess {
  readonly [BRAND]: true;
  /** All of its stdout as bytes, from the first one that is kept. */
  replayOutput(): Readable;
  /** What may be printed there; missing in older copies of the package. */
  readonly replaySecrets?: SecretTable;
}

/** Whether a value is a running process of this or of another copy of the package. */
export function isRunningProcess(value: object): value is ReplayableProcess {
  return BRAND in value;
}

export { BRAND as RUNNING_PROCESS };
