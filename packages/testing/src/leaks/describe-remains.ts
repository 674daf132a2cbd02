import type { Remains } from '@proc/core/internal';
import { clip } from '../assertions/difference.js';

const LONGEST_LIST = 50;

/** Processes that are left, a line each, with what one needs to find them. */
export function describeRemains(remains: readonly Remains[]): string {
  const lines = remains.slice(0, LONGEST_LIST).map(({ pid, command, leftBy, virtual }) => {
    const origin = leftBy === undefined ? '' : `, left in the background by ${clip(leftBy, 100)}`;
    return `  pid ${String(pid)}: ${clip(command)}${virtual ? ' (fake)' : ''}${origin}`;
  });
  const rest = remains.length - lines.length;
  return [...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
}
