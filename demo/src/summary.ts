import type { Activity } from './activity.js';
import type { Display } from './display.js';
import type { Section } from './section.js';

/** How many failed checks are printed; all are counted. */
const MOST_PROBLEMS = 10;

/** The same work, done in two ways. */
export interface SpeedUp {
  readonly jobs: number;
  /** How many jobs ran at once in the pool. */
  readonly window: number;
  readonly serial: Section;
  readonly pooled: Section;
}

/** What the summary tells of. */
export interface Outcome {
  readonly sections: readonly Section[];
  readonly speedUp: SpeedUp;
  readonly activity: Activity;
  readonly durationMs: number;
}

/** Prints the table and the verdict; tells whether everything holds. */
export function summarize(
  { sections, speedUp, activity, durationMs }: Outcome,
  display: Display,
): boolean {
  display.heading('Summary');
  const header = ['', 'succeeded', 'failed', 'time', 'checks'];
  for (const line of table([header, ...sections.map(row)])) display.line(`  ${line}`);

  const { jobs, window, serial, pooled } = speedUp;
  const factor = (serial.durationMs / pooled.durationMs).toFixed(1);
  display.line('');
  display.line(
    `  Speed-up of the pool: ${factor} times, measured on the ${jobs} levels ` +
      `(${seconds(serial.durationMs)} one after the other, ${seconds(pooled.durationMs)} with ${window} at once)`,
  );
  display.line(
    `  ${activity.started} processes started in ${seconds(durationMs)}, ` +
      `at most ${activity.peak} at once, ${activity.retries} retries`,
  );

  display.line('');
  const problems = sections.flatMap((section) => section.problems);
  for (const problem of problems.slice(0, MOST_PROBLEMS)) display.bad(`  ${problem}`);
  if (problems.length === 0) display.good('  Every check holds.');
  else display.bad(`  ${problems.length} checks failed.`);
  return problems.length === 0;
}

function row({ title, succeeded, failed, durationMs, problems }: Section): string[] {
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} failed`;
  return [title, String(succeeded), String(failed), seconds(durationMs), verdict];
}

/** Columns of equal width: the first is aligned to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('   ')
      .trimEnd(),
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
