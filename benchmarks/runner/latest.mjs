import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What is the same of two runs whose tables may stand in one report. */
const sameMachine = (machine) => JSON.stringify({ ...machine, loadAtStart: undefined });

/**
 * The newest measurement of each of these cases, from the reports in a folder that were made on this machine, with
 * these versions.
 *
 * @returns the report, and the names of cases that nobody has measured
 */
export function latestOf(cases, { folder, machine }) {
  const reports = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
    .filter((report) => sameMachine(report.machine) === sameMachine(machine))
    .sort((a, b) => b.at.localeCompare(a.at));
  const found = cases.map(({ name }) => {
    const report = reports.find(({ results }) => results.some((one) => one.name === name));
    const measured = report?.results.find((one) => one.name === name);
    return { name, measured: measured && { ...measured, at: report.at } };
  });
  return {
    report: { machine, results: found.flatMap(({ measured }) => measured ?? []) },
    missing: found.filter(({ measured }) => measured === undefined).map(({ name }) => name),
  };
}
