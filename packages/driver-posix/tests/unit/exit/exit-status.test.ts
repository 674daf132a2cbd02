import { constants } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { exitOf } from '../../../src/exit/exit-status.js';

describe('a status of waitpid', () => {
  it.each([0, 1, 127, 255])('says the exit code %i', (exitCode) => {
    expect(exitOf(exitCode << 8)).toEqual({ exitCode, signal: null });
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGABRT', 'SIGPIPE'] as const)('says the signal %s', (signal) => {
    expect(exitOf(constants.signals[signal])).toEqual({ exitCode: null, signal });
  });

  it('says the signal of a process that has left a core file', () => {
    const status = constants.signals.SIGSEGV | 0x80;
    expect(exitOf(status)).toEqual({ exitCode: null, signal: 'SIGSEGV' });
  });

  it('says a real-time signal, for which Node has no name, by its number', () => {
    expect(exitOf(40)).toEqual({ exitCode: null, signal: 'SIG40' });
  });
});
