import type { ProcessSpec } from '../contracts/process-spec.js';
import { resolveLaunch } from './resolve-launch.js';
import { localFindings, type StartFindings } from './start-findings.js';

/**
 * Whether a command can be started on this machine, as far as that can be told beforehand: its directory and its
 * program are there. Starting it says what is wrong.
 */
export function canStart(spec: ProcessSpec, findings: StartFindings = localFindings): boolean {
  const launch = resolveLaunch(spec);
  return (
    findings.directoryProblem(launch) === undefined && findings.program(launch).found === 'yes'
  );
}
