import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { missingProgramHint } from '../../../src/launch/missing-program-hint.js';

describe('missingProgramHint', () => {
  let project: string;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'missing-'));
    mkdirSync(join(project, 'src/deep'), { recursive: true });
    for (const file of ['node_modules/.bin/frobnicate', 'bin/frobnicates', 'src/frobnicate.sh']) {
      mkdirSync(join(project, file, '..'), { recursive: true });
      writeFileSync(join(project, file), '#!/bin/sh\n');
      chmodSync(join(project, file), 0o755);
    }
  });
  afterAll(() => {
    rmSync(project, { recursive: true });
  });

  const hint = (file: string, cwd: string): string =>
    missingProgramHint(file, { PATH: join(project, 'bin') }, join(project, cwd));

  it('tells of a program that npm has installed, also further up', () => {
    const told = ' There is one in node_modules/.bin: use preferLocal().';
    expect(hint('frobnicate', '.')).toBe(told);
    expect(hint('frobnicate', 'src/deep')).toBe(told);
  });

  it('tells of a file in the working directory, which is not searched', () => {
    expect(hint('frobnicate.sh', 'src')).toBe(
      ' The working directory has a file of that name: say "./frobnicate.sh".',
    );
    expect(hint('src', '.')).toBe('');
  });

  it('else names a program of a similar name', () => {
    expect(hint('frobnicat', '.')).toBe(' Did you mean "frobnicates"?');
    expect(hint('nothing-like-it', '.')).toBe('');
    expect(hint('./frobnicate', '.')).toBe('');
  });
});
