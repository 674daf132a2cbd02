import { InvalidArgumentError, type Clock, type ProcessManager } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Cassette } from './cassette.js';
import { CassetteDriver } from './cassette-driver.js';
import { resolveMode } from './cassette-mode.js';
import type { CassetteOptions } from './cassette-options.js';
import { facadeManager } from './facade-manager.js';
import { CassetteFile } from './file/cassette-file.js';
import { PathPlaceholders } from './matching/path-placeholders.js';
import { Transcript } from './matching/transcript.js';
import { reportLateFailures } from './replaying/late-failure.js';
import { managerOf as managedBy } from '../managed-by.js';
import { requireOptions } from './resolve-options.js';

const managersInUse = new WeakMap<ProcessManager, string>();
const filesInUse = new Set<string>();

/**
 * Records processes once, and replays them without the programs.
 *
 * Fakes that are registered afterwards have the first word; what no fake is registered for goes to the cassette.
 *
 * @param path - of the file: absolute, relative to the working directory, or a file URL
 * @returns the cassette; its end writes what was recorded
 * @throws {@link CassetteFormatError} for a file that can not be read; `InvalidArgumentError` for options that make no
 *   sense, and where a cassette is in use already
 *
 * @example
 * ```ts
 * await using cassette = await useCassette('tests/cassettes/release.json');
 * await release();
 * ```
 */
export async function useCassette(
  path: string | URL,
  options: CassetteOptions = {},
): Promise<Cassette> {
  requireOptions(options);
  const file = new CassetteFile(pathOf(path));
  const manager = await managerOf(options.target);
  const entries = file.read();
  const mode = resolveMode(options.mode, entries !== undefined);
  const writes = mode === 'record' || mode === 'update';
  requireFree(manager, file.path, writes);
  const transcript = new Transcript(PathPlaceholders.around(dirname(file.path)), options.scrub);
  const stepOut: (() => void)[] = [];
  const release = (): void => {
    for (const step of stepOut) step();
    managersInUse.delete(manager);
    if (writes) filesInUse.delete(file.path);
  };
  const clock = (): Clock => manager.clock;
  const cassette = new Cassette({ file, mode, entries, transcript, options, clock, release });
  managersInUse.set(manager, file.path);
  if (writes) filesInUse.add(file.path);
  if (mode !== 'passthrough') {
    reportLateFailures(manager);
    const starts = mode === 'replay' ? 'nothing' : 'something';
    stepOut.push(
      manager.decorateDrivers((real) => new CassetteDriver(real, cassette.start, starts)),
    );
  }
  return cassette;
}

function pathOf(path: string | URL): string {
  if (typeof path !== 'string' && !(path instanceof URL)) {
    throw new InvalidArgumentError(
      `The path of a cassette is a text or a URL; got ${showValue(path)}.`,
    );
  }
  if (path instanceof URL || path.startsWith('file:')) return fileURLToPath(path);
  if (path !== '') return resolve(path);
  throw new InvalidArgumentError('The path of a cassette is empty.');
}

async function managerOf(target: CassetteOptions['target']): Promise<ProcessManager> {
  if (target === undefined) return facadeManager();
  return managedBy(target);
}

function requireFree(manager: ProcessManager, path: string, writes: boolean): void {
  const other = managersInUse.get(manager);
  if (other !== undefined) {
    throw new InvalidArgumentError(
      `The cassette ${other} is in use with this manager. Eject it first, or give each test a manager of its own.`,
    );
  }
  if (writes && filesInUse.has(path)) {
    throw new InvalidArgumentError(`The cassette ${path} is being recorded already.`);
  }
}
