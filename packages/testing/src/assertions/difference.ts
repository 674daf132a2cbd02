/** Lines of a text that are shown before the first difference, and of each side behind it. */
const CONTEXT = 3;
const MOST_LINES = 20;
const LONGEST_LINE = 300;

/**
 * What distinguishes two texts, for a message: `-` is the wanted one, `+` the one found. Of single lines both are shown
 * with a mark under the first difference, of longer texts the lines that differ and a few around them.
 */
export function difference(wanted: string, found: string): string {
  const before = wanted.split('\n');
  const after = found.split('\n');
  return before.length === 1 && after.length === 1
    ? lineDifference(wanted, found)
    : textDifference(before, after);
}

/** A text that is no longer than a line of a message may be. */
export function clip(text: string, longest = LONGEST_LINE): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

function lineDifference(wanted: string, found: string): string {
  const same = commonLength(Array.from(wanted), Array.from(found));
  // Beyond what is shown there is nothing to point at.
  const mark = same < LONGEST_LINE ? [`    ${' '.repeat(same)}^`] : [];
  return [`  - ${clip(wanted)}`, `  + ${clip(found)}`, ...mark].join('\n');
}

function textDifference(wanted: readonly string[], found: readonly string[]): string {
  const start = commonLength(wanted, found);
  const end = commonLength(wanted.slice(start).reverse(), found.slice(start).reverse());
  const before = wanted.slice(Math.max(0, start - CONTEXT), start);
  const after = end === 0 ? [] : wanted.slice(wanted.length - end).slice(0, CONTEXT);
  return [
    ...(start > CONTEXT ? ['    …'] : []),
    ...before.map((line) => `    ${clip(line)}`),
    ...side('-', wanted.slice(start, wanted.length - end)),
    ...side('+', found.slice(start, found.length - end)),
    ...after.map((line) => `    ${clip(line)}`),
    ...(end > CONTEXT ? ['    …'] : []),
  ].join('\n');
}

function side(sign: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${sign} ${clip(line)}`);
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `  ${sign} … ${rest} more lines`] : shown;
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const length = a.findIndex((item, index) => item !== b[index]);
  return length === -1 ? a.length : length;
}
