import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { interpreterProblem } from '../../../src/launch/interpreter-problem.js';
import { leftOut } from '../../support/left-out.js';

describe('interpreterProblem', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'interpreters-'));
    mkdirSync(join(directory, 'sub'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const problemOf = (content: string | Buffer, mode = 0o755): string | undefined => {
    const file = join(directory, 'program');
    writeFileSync(file, content);
    chmodSync(file, mode);
    return interpreterProblem(file, directory);
  };

  it.each([
    ['a script', '#!/bin/sh\n', undefined],
    ['a script with an argument', '#! \t/usr/bin/env node\n', undefined],
    ['a script without a line end', '#!/bin/sh', undefined],
    ['a script whose interpreter is missing', '#!/not/there\n', 'ENOENT'],
    ['one written on Windows', '#!/bin/sh\r\n', 'ENOENT'],
    ['one whose interpreter is a directory', '#!/bin\n', 'EACCES'],
    ['one whose interpreter is no program', '#!/etc/passwd\n', 'EACCES'],
    ['one whose interpreter is relative', '#!sub\n', 'EACCES'],
    ['one that interprets itself', '#!program\n', 'ELOOP'],
    ['an empty interpreter line', '#!\n', undefined],
    ['no script', 'echo\n', undefined],
    ['an empty file', '', undefined],
    ['a torn program', '\x7fELF', undefined],
  ])('knows what keeps from starting %s', (_, content, problem) => {
    expect(problemOf(content)).toBe(problem);
  });

  it('knows a script whose interpreter is a script without one', () => {
    writeFileSync(join(directory, 'inner'), '#!/not/there\n', { mode: 0o755 });
    expect(problemOf('#!inner\n')).toBe('ENOENT');
  });

  it('does not need to read a program', () => {
    expect(problemOf('x', 0o111)).toBeUndefined();
    expect(interpreterProblem('/not/there', directory)).toBeUndefined();
  });

  it('knows a program whose loader is missing', () => {
    const program = readFileSync('/bin/sh');
    const loader = program.indexOf('/ld-');
    if (program.toString('latin1', 1, 4) !== 'ELF' || loader < 0) {
      leftOut('/bin/sh names no loader here');
      return;
    }
    expect(problemOf(program)).toBeUndefined();
    program.write('/no-', loader);
    expect(problemOf(program)).toBe('ENOENT');
  });
});
