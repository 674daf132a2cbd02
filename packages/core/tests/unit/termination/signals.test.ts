import { constants } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { normalizeSignal, signalNumber } from '../../../src/termination/signals.js';

describe('normalizeSignal', () => {
  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['sigterm', 'SIGTERM'],
    ['TERM', 'SIGTERM'],
    ['hup', 'SIGHUP'],
    [9, 'SIGKILL'],
    [15, 'SIGTERM'],
  ])('reads %p as %s', (given, name) => {
    expect(normalizeSignal(given)).toBe(name);
  });

  it('knows every signal of the platform by name and number', () => {
    for (const [name, number] of Object.entries(constants.signals)) {
      expect(normalizeSignal(name)).toBe(name);
      expect(signalNumber(normalizeSignal(number))).toBe(number);
    }
  });

  it.each([0, -1, 999, 1.5, NaN, '', 'SIG', 'NOPE', '__proto__', 'constructor', null, {}])(
    'refuses %p',
    (given) => {
      expect(() => normalizeSignal(given as string)).toThrow(InvalidArgumentError);
    },
  );

  it('names the nearest one', () => {
    expect(() => normalizeSignal('SIGTREM')).toThrow(
      'Unknown signal: SIGTREM. Did you mean "SIGTERM"?',
    );
  });
});
