/**
 * What keeps a text from being given to a program: a NUL ends it for the operating system, and half of a surrogate
 * pair has no UTF-8 form, so that Node would put U+FFFD in its place.
 *
 * @returns what it contains; `undefined` when it can be passed byte for byte
 */
export function unpassable(text: string): string | undefined {
  if (text.includes('\0')) return 'a NUL character';
  return /\p{Surrogate}/u.test(text) ? 'half of a surrogate pair' : undefined;
}
