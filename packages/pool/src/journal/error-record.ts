import type { ProcError } from '@proc/core';
import { lineageOf, type SecretTable } from '@proc/core/internal';
import type { JournalErrorRecord } from './journal-record.js';
import { plainData } from './plain-data.js';

/** An error as it is written down, without secrets. */
export function errorRecord(error: ProcError, secrets: SecretTable): JournalErrorRecord {
  const { code, name, message } = error;
  const { code: _code, ...facts } = error;
  return {
    code,
    name,
    message: secrets.redact(message),
    classes: [...(lineageOf(error) ?? [])],
    facts: plainData(facts, secrets),
  };
}
