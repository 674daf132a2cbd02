import { InvalidArgumentError } from '@proc/core';
import { didYouMean } from '@proc/core/internal';

/**
 * - `replay`: nothing really runs; what has not been recorded is an error
 * - `record`: everything really runs, and takes the place of what was recorded before
 * - `update`: what has been recorded is replayed, all else recorded; what nothing asks for any more is dropped
 * - `passthrough`: everything really runs, and nothing is recorded
 */
export type CassetteMode = 'replay' | 'record' | 'update' | 'passthrough';

const MODES: readonly string[] = ['replay', 'record', 'update', 'passthrough'];

/**
 * What is given decides, then the variable `PROC_CASSETTES`. Without either a cassette is recorded once: where there is
 * no file, and not in CI, which could only record what nobody would see.
 *
 * @throws `InvalidArgumentError` for a name that is no mode
 */
export function resolveMode(
  given: CassetteMode | undefined,
  exists: boolean,
  env: NodeJS.ProcessEnv = process.env,
): CassetteMode {
  const { PROC_CASSETTES: fromEnvironment, CI: ci } = env;
  if (given !== undefined) return requireMode(given, 'The mode of a cassette');
  if (fromEnvironment !== undefined && fromEnvironment !== '') {
    return requireMode(fromEnvironment, 'The environment variable PROC_CASSETTES');
  }
  const isCI = ci !== undefined && !['', '0', 'false'].includes(ci);
  return exists || isCI ? 'replay' : 'record';
}

function requireMode(name: string, what: string): CassetteMode {
  if (MODES.includes(name)) return name as CassetteMode;
  const list = MODES.join(', ');
  throw new InvalidArgumentError(
    `${what} is ${JSON.stringify(name)}, and not one of ${list}.${didYouMean(name, MODES)}`,
  );
}
