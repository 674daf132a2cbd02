import { journalKills } from './journal.mjs';
import { capture, discard, input, lines } from './output.mjs';
import { importTime, installSize } from './packages.mjs';
import { earlyReader, sequential, startOfTen, startOfTwo, streaming } from './pipelines.mjs';
import { fewDescriptors, poolOfMany } from './pools.mjs';
import { blockedLarge, blockedMedium, blockedSmall, memoryPerProcess } from './resident.mjs';
import { parallelRuns, serialRuns } from './short-runs.mjs';
import { workers } from './workers/index.mjs';

/** Everything that is measured, in the order of the report. A new case is a new line here. */
export const cases = [
  serialRuns,
  parallelRuns,
  poolOfMany,
  fewDescriptors,
  journalKills,
  streaming,
  sequential,
  earlyReader,
  startOfTwo,
  startOfTen,
  capture,
  discard,
  lines,
  input,
  blockedSmall,
  blockedMedium,
  blockedLarge,
  memoryPerProcess,
  ...workers,
  importTime,
  installSize,
];
