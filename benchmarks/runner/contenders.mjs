import { createProcess } from '@proc/process';

/** Names of ours that stand for no program. */
const NOT_REAL = new Set(['fake']);

/** Programs of the system that a contender needs. */
const NEEDS = {
  bash: 'bash',
  xargs: 'xargs',
  'GNU parallel': 'parallel',
  'posix_spawn in C': 'cc',
};

/** The drivers of ours that work here. */
export async function availableDrivers() {
  const processes = await createProcess();
  const works = [];
  for (const driver of processes.driverNames()) {
    if (NOT_REAL.has(driver)) continue;
    const started = await processes
      .driver(driver)
      .run(['/bin/true'])
      .catch(() => undefined);
    if (started?.successful() === true) works.push(driver);
  }
  await processes.shutdown();
  return works;
}

/** The contenders of a case in detail: ours once for each driver, programs of the system as far as they are there. */
export function contendersOf({ contenders, labels = {} }, { drivers, tools, loop }) {
  return contenders.flatMap((kind) => {
    if (typeof kind !== 'string') return [kind];
    if (kind === 'ours') {
      return drivers.map((driver) => ({ kind, argument: driver, name: `@proc, ${driver}` }));
    }
    const missing = tools[NEEDS[kind]] === 'not installed' ? 'not installed' : undefined;
    return [
      {
        kind,
        argument: kind === 'posix_spawn in C' ? loop : undefined,
        name: kind,
        label: labels[kind],
        missing,
      },
    ];
  });
}

export function isOurs({ name }) {
  return name.startsWith('@proc');
}
