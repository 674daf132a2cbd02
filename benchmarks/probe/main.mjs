// Measures one case with one contender, once, in a process of its own: node probe/main.mjs {"case",…}
import { writeSync } from 'node:fs';
import { cases } from '../cases/index.mjs';
import { kinds } from '../contenders/index.mjs';
import { timed } from './timed.mjs';

const { name, descriptor, size } = JSON.parse(process.argv[2]);
const found = cases.find((one) => one.name === name);
const report = (outcome) => writeSync(1, `${JSON.stringify(outcome)}\n`);

try {
  // A case that is bare starts its contenders itself.
  const make = found.bare ? undefined : kinds[descriptor.kind];
  const contender = make === undefined ? descriptor : await make(descriptor.argument);
  const sample = await found.measure({ contender, descriptor, size, timed });
  report({ sample });
  await contender.close?.();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  // Some errors carry all that was printed, more than a pipe takes at once.
  report({ failure: message.slice(0, 1000) });
}
// A peer may have left something running.
process.exit();
