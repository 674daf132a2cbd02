import { hasCoercedSecret } from '../redaction/coerced-secret.js';

export const LOST_SECRET =
  'a secret that was turned into text, whose value is gone (give the secret itself, or tag the whole text: ' +
  'secret`--token=${value}`)';

/**
 * What keeps a text from being given to a program: a NUL ends it for the operating system, and half of a surrogate
 * pair has no UTF-8 form, so that Node would put U+FFFD in its place. The value
 * of a secret that has become text in an ordinary template string is gone: the program would get `[secret]`.
 *
 * @returns what it contains; `undefined` when it can be passed byte for byte
 */
export function unpassable(text: string): string | undefined {
  if (text.includes('\0')) return 'a NUL character';
  if (hasCoercedSecret(text)) return LOST_SECRET;
  return /\p{Surrogate}/u.test(text) ? 'half of a surrogate pair' : undefined;
}
