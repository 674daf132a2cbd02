import { describe, expect, it } from '@jest/globals';
import { endingHint } from '../../../src/diagnostics/ending-hint.js';
import { makeSpec } from '../../support/spec.js';

const exit = (exitCode: number) => ({ exitCode, signal: null });

describe('endingHint', () => {
  it('names a program with a similar name when a shell finds none', () => {
    const spec = makeSpec({ command: 'ecko hello | cat', shell: true });
    expect(endingHint(spec, exit(127))).toBe(' Did you mean "echo"?');
    expect(endingHint(makeSpec({ command: '$X || true', shell: true }), exit(127))).toBe('');
    expect(endingHint(makeSpec({ command: ['ecko', 'x'] }), exit(127))).toBe('');
  });

  it('says what may be behind a SIGKILL, also as a shell reports it', () => {
    const spec = makeSpec();
    expect(endingHint(spec, { exitCode: null, signal: 'SIGKILL' })).toMatch(/out of memory/);
    expect(endingHint(spec, exit(137))).toMatch(/out of memory/);
    expect(endingHint(spec, { exitCode: null, signal: 'SIGTERM' })).toBe('');
    expect(endingHint(spec, exit(1))).toBe('');
  });

  it('names the limits of a program that a signal has ended', () => {
    const limits = { cpuSeconds: 2, memoryBytes: 512, files: null, processes: null };
    const end = { exitCode: null, signal: 'SIGSEGV' } as const;
    expect(endingHint(makeSpec({ limits }), end)).toBe(
      ' It was limited to 2 s of cpu, 512 bytes of memory.',
    );
  });
});
