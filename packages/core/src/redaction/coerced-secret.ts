/**
 * A character without a look (INVISIBLE SEPARATOR). It tells a secret that was turned into text by mistake from a text
 * that somebody has written.
 */
const UNSEEN = '\u2063';

/** Also as an address or a form would have it. */
const COERCED = /(?:\[|%5B)secret(?:\u2063|%E2%81%A3)(?:\]|%5D)/i;

/** What a secret is in an ordinary template string. In a log it looks like any other secret. */
export const COERCED_SECRET = `[secret${UNSEEN}]`;

/** Whether a text was made by turning a secret into text, so that its value is no longer in it. */
export function hasCoercedSecret(text: string): boolean {
  return COERCED.test(text);
}
