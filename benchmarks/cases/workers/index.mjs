import { chunks } from './chunks.mjs';
import { crashOfProcess, crashOfThread } from './crashes.mjs';
import { dispatchToProcesses, dispatchToThreads } from './dispatch.mjs';
import { lockOfTheDead } from './locks.mjs';
import { mapOfLong, mapOfShort } from './maps.mjs';
import { orphans } from './orphans.mjs';
import { streamOfMany } from './streams.mjs';
import { timeoutOfProcess, timeoutOfThread } from './timeouts.mjs';

/** What is measured of workers and of what they share. */
export const workers = [
  dispatchToThreads,
  dispatchToProcesses,
  mapOfShort,
  mapOfLong,
  ...chunks,
  crashOfThread,
  crashOfProcess,
  timeoutOfThread,
  timeoutOfProcess,
  streamOfMany,
  lockOfTheDead,
  orphans,
];
