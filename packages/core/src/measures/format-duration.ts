/** Milliseconds in words: `250 ms`, `1 second`, `1.5 seconds`, `2 minutes`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return plural(Math.round(ms / 10) / 100, 'second');
  return plural(Math.round(ms / 6000) / 10, 'minute');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
