import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import type { Stray } from '../runners/other-fakes.js';

/**
 * What a test fails with whose code has caught, or not looked at, the errors of stray processes. They are its cause,
 * which has the lines that asked for them.
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
  const cause =
    refused.length === 1
      ? refused[0]
      : new AggregateError(refused, `${refused.length} stray processes`);
  return new AssertionFailedError(message, [], commands, { cause });
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
