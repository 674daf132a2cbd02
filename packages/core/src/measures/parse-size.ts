import type { Size } from '../contracts/size.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

const UNITS = {
  B: 1,
  kB: 1000,
  KB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  TB: 1000 ** 4,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
} as const;

const FORM = new RegExp(`^(\\d+(?:\\.\\d+)?)(${Object.keys(UNITS).join('|')})$`);

/**
 * A size in bytes: a whole number.
 *
 * @param name - what the size is, for the message
 * @throws {@link InvalidArgumentError} when it is malformed, negative, no whole number or not safe as one
 */
export function parseSize(value: Size, name: string): number {
  const bytes = toBytes(value);
  if (bytes === undefined || Number.isNaN(bytes)) {
    throw new InvalidArgumentError(
      `The ${name} must be bytes, or a string such as "512MB" or "1GiB"; got ${showValue(value)}.`,
    );
  }
  if (bytes < 0 || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError(
      `The ${name} must be a whole number of bytes from 0 to ${Number.MAX_SAFE_INTEGER}; got ${showValue(value)}.`,
    );
  }
  return bytes;
}

function toBytes(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match = FORM.exec(value.trim());
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]);
}
