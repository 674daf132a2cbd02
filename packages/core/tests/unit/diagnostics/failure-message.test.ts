import { describe, expect, it } from '@jest/globals';
import { failureMessage, tail } from '../../../src/diagnostics/failure-message.js';
import { makeSpec } from '../../support/spec.js';

const message = (facts: { stderr?: string; stdout?: string } = {}, spec = makeSpec()): string =>
  failureMessage({ what: 'failed.', spec, ...facts });

describe('failureMessage', () => {
  it('says what was run and what happened', () => {
    expect(message()).toBe('The command "program argument" failed.');
  });

  it('says where', () => {
    expect(message({}, makeSpec({ cwd: '/srv' }))).toContain('\nWorking directory: /srv');
  });

  it('shows stderr, and stdout only where stderr is empty', () => {
    expect(message({ stderr: 'bad\n', stdout: 'good' })).toMatch(/\nError output:\nbad$/);
    expect(message({ stderr: ' \n', stdout: 'good\n' })).toMatch(/\nOutput:\ngood$/);
  });

  it('is bounded, whatever the command and the output', () => {
    const spec = makeSpec({ command: ['x'.repeat(100_000)] });
    const text = message({ stderr: 'y'.repeat(1_000_000), stdout: 'z'.repeat(1000) }, spec);
    expect(text.length).toBeLessThan(3000);
    expect(text).toContain('x\u2026"');
    expect(text).toContain('[\u2026]\nyyy');
  });

  it('shows control characters of command and output instead of sending them to a terminal', () => {
    const spec = makeSpec({ command: ['printf', '\u001b[2J'] });
    const text = message({ stderr: '\u001b[31mred\u0007\u009b1m\r\nnext\ttab' }, spec);
    expect(text).toContain('\\x1b[2J');
    expect(text).toContain('\\x1b[31mred\\x07\\x9b1m\nnext\ttab');
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });
});

describe('tail', () => {
  it('is the last lines, with a mark where something is left out', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
    expect(tail(lines)).toBe(
      `[\u2026]\n${Array.from({ length: 20 }, (_, index) => `line ${index + 10}`).join('\n')}`,
    );
    expect(tail('one\ntwo\n')).toBe('one\ntwo');
    expect(tail('')).toBe('');
  });
});
