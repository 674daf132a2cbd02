import { expect, it } from '@jest/globals';
import { showableCommand } from '../../../src/command/showable-command.js';
import { describedLine } from '../../../src/process/described-line.js';

it.each([
  ['cat | wc', 'cat | wc'],
  ['a\0b', 'a\\0b'],
  ['half \ud800', 'half \ufffd'],
  ['', '(no command)'],
  [' \t', '(no command)'],
])('shows %j as a command that could be passed', (text, shown) => {
  expect(showableCommand(text)).toBe(shown);
  expect(describedLine(text).command).toMatchObject({ kind: 'shell', line: shown });
});
