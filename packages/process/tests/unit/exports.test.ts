import { expect, it } from '@jest/globals';
import * as core from '@proc/core';
import * as umbrella from '../../src/index.js';

/** What core exports for its sibling packages, not for those who use it. */
const FOR_SIBLINGS = [
  'CallSite',
  'EntryList',
  'LineSplitter',
  'RecordedResult',
  'SecretTable',
  'SpillFile',
  'TESTING_MEMBERS',
  'allowManyListeners',
  'commandLine',
  'describedLine',
  'didYouMean',
  'exitText',
  'failureMessage',
  'formatDuration',
  'inputStream',
  'nearest',
  'normalizeSignal',
  'outputOf',
  'parseDuration',
  'plainCommandLine',
  'quote',
  'recordOf',
  'redactCause',
  'requireCapabilities',
  'resolveProcessConfig',
  'secretsOf',
  'signalNumber',
  'signalText',
  'splitLines',
  'startError',
  'tail',
  'uniqueId',
];

it('brings everything of core that is not for the sibling packages alone', () => {
  const missing = Object.keys(core).filter((name) => !(name in umbrella));
  expect(missing.toSorted()).toEqual(FOR_SIBLINGS);
});
