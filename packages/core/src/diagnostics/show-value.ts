import { inspect } from 'node:util';

const LONGEST = 80;

/** A value that should not have been given, for a message: short, whatever it is. Never throws. */
export function showValue(value: unknown): string {
  try {
    const text = inspect(value, {
      depth: 1,
      breakLength: Infinity,
      maxArrayLength: 3,
      maxStringLength: LONGEST,
    });
    return shorten(text);
  } catch {
    return 'a value that can not be shown';
  }
}

/** A text for a message, cut off where it gets too long. */
export function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
