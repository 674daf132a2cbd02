import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import type { Stray } from '../runners/other-fakes.js';

/**
 * What a test fails with whose code has caught, or not looked at, the errors of stray processes. Its cause has
 * the lines that asked for them.
 */
export function swallowedStrays(refused: readonly Stray[]): AssertionFailedError {
  const subject =
    refused.length === 1 ? 'A stray process was' : `${refused.length} stray processes were`;
  const message = [
    `${subject} prevented, which must not be lost, even where the code under test goes on without it.`,
    ...refused.map((error) => indented(error.message)),
    'A test that wants strays says so with acknowledgeStrays().',
  ].join('\n');
  const commands = refused.map(({ command }) => command);
  const places = refused.map(placeOf);
  const cause =
    places.length === 1
      ? places[0]
      : new AggregateError(places, `${places.length} stray processes`);
  return new AssertionFailedError(message, [], commands, { cause });
}

/** What a stray says, and where it was asked for. The error itself has more, which runners would print in full. */
function placeOf(stray: Stray): Error {
  const place = new Error(stray.message);
  Object.defineProperty(place, 'name', { value: 'StrayProcessError' });
  if ('stack' in stray) place.stack = String(stray.stack);
  return place;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
