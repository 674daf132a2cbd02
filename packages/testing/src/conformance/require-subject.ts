import { InvalidArgumentError } from '@proc/core';
import { readObject, showValue } from '@proc/core/internal';
import type { ConformanceSubject } from './run-conformance-case.js';

/** @throws {@link InvalidArgumentError} for what has no function that makes a driver */
export function requireSubject<T extends ConformanceSubject>(given: T): T {
  const subject = readObject(given, 'What is checked is given as');
  if (typeof subject.driver === 'function') return subject;
  throw new InvalidArgumentError(
    `The driver that is checked is given as a function that makes one; got ${showValue(subject.driver)}.`,
  );
}
