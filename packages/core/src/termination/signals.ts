import { constants } from 'node:os';
import { didYouMean } from '../command/nearest.js';
import { shorten, showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

const NUMBERS = constants.signals as Readonly<Record<string, number>>;

/**
 * A signal's name, from its name (with or without `SIG`, in any case) or number.
 *
 * @throws {@link InvalidArgumentError} for an unknown signal, with the nearest one
 */
export function normalizeSignal(signal: string | number): NodeJS.Signals {
  const name = typeof signal === 'number' ? nameOf(signal) : fromText(signal);
  if (name !== undefined) return name as NodeJS.Signals;
  const hint = typeof signal === 'string' ? didYouMean(signal, Object.keys(NUMBERS)) : '';
  throw new InvalidArgumentError(
    `Unknown signal: ${typeof signal === 'string' ? shorten(signal) : showValue(signal)}.${hint}`,
  );
}

/** A signal's number on this platform. */
export function signalNumber(signal: NodeJS.Signals): number {
  return NUMBERS[signal] ?? 0;
}

function fromText(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return Object.hasOwn(NUMBERS, name) ? name : undefined;
}

function nameOf(wanted: number): string | undefined {
  return Object.keys(NUMBERS).find((name) => NUMBERS[name] === wanted);
}
