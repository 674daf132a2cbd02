import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether tables of two runs may stand in one report. A peer that only one of them had is in none of the other's. */
function sameMachine({ peers, ...one }, { peers: others, ...other }) {
  const bare = (machine) => JSON.stringify({ ...machine, loadAtStart: undefined });
  const isSame = (name) => others[name] === undefined || others[name] === peers[name];
  return bare(one) === bare(other) && Object.keys(peers).every(isSame);
}

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
    .filter((report) => sameMachine(report.machine, machine))
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
