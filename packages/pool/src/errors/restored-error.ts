import { ProcessError, type ProcessSpec } from '@proc/core';
import { setLineage } from '@proc/core/internal';
import type { JournalErrorRecord } from '../journal/journal-record.js';

/**
 * The error of an entry that ended in an earlier run, read from a journal: the name, `code`, message and plain
 * properties that it had. `is()` of its own classes holds for it; `instanceof` does not, and there is no `cause`.
 */
export class RestoredError extends ProcessError {
  readonly code: string;
  /** Of a timeout: the limit that was exceeded, in milliseconds. */
  declare readonly limitMs?: number;

  constructor(record: JournalErrorRecord, spec: ProcessSpec) {
    super(record.message, spec);
    this.code = record.code;
    for (const [name, value] of Object.entries(record.facts)) {
      if (!(name in this)) Reflect.defineProperty(this, name, { value, enumerable: true });
    }
    Reflect.defineProperty(this, 'name', { value: record.name });
    setLineage(this, new Set(['RestoredError', ...record.classes]));
  }

  /** Of a timeout: the limit in seconds, as `ProcessTimedOutError` has it. */
  exceededTimeout(): number {
    return (this.limitMs ?? Number.NaN) / 1000;
  }
}
