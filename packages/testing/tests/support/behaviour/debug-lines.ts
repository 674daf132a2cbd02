import { format } from 'node:util';
import { jest } from '@jest/globals';

/** What is written for NODE_DEBUG, which is read when a process begins. Import this before what writes. */
export const debugLines: string[] = [];

jest.mock('node:util', () => {
  const log = (...words: readonly unknown[]): void => void debugLines.push(format(...words));
  const debuglog = (): unknown => Object.assign(log, { enabled: true });
  return { ...jest.requireActual<object>('node:util'), debuglog };
});
