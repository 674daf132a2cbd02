import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { missingInterpreter } from '../../../src/launch/missing-interpreter.js';

describe('missingInterpreter', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'missing-interpreters-'));
    writeFileSync(join(directory, 'inner'), '#!/not/there -x\n');
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['a script', '#!/not/there/sh -e\n', '/not/there/sh'],
    ['a script of Windows', '#!/bin/sh\r\n', '/bin/sh\r'],
    ['a script whose interpreter is a script', '#!inner\n', '/not/there'],
    ['a script that has one', '#!/bin/sh\n', undefined],
    ['a script that interprets itself', '#!program\n', undefined],
    ['what is no script', 'x', undefined],
  ])('of %s', (_, content, missing) => {
    const file = join(directory, 'program');
    writeFileSync(file, content);
    expect(missingInterpreter(file, directory)).toBe(missing);
  });
});
