import { describe, expect, it } from '@jest/globals';
import { canStart } from '../../../src/launch/can-start.js';
import type { StartFindings } from '../../../src/launch/start-findings.js';
import { makeSpec } from '../../support/spec.js';

const findings = (found: Partial<StartFindings>): StartFindings => ({
  directoryProblem: () => undefined,
  program: () => ({ found: 'yes', path: '/bin/program' }),
  hint: () => '',
  ...found,
});

describe('canStart', () => {
  it('is true when the directory and the program are there', () => {
    expect(canStart(makeSpec(), findings({}))).toBe(true);
  });

  it.each<[string, Partial<StartFindings>]>([
    ['the program is missing', { program: () => ({ found: 'no' }) }],
    ['the program may not be run', { program: () => ({ found: 'notExecutable', path: '/a' }) }],
    ['the directory is missing', { directoryProblem: () => 'it does not exist' }],
  ])('is false when %s', (_what, found) => {
    expect(canStart(makeSpec(), findings(found))).toBe(false);
  });

  it('looks at this machine by default', () => {
    const spec = { command: [process.execPath] };
    expect(canStart(makeSpec(spec))).toBe(true);
    expect(canStart(makeSpec({ ...spec, cwd: '/no/such/directory' }))).toBe(false);
  });
});
