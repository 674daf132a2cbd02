import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findExecutable } from '../../../src/launch/find-executable.js';

describe('findExecutable', () => {
  let directory: string;
  let env: Record<string, string>;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'find-executable-'));
    mkdirSync(join(directory, 'first'));
    mkdirSync(join(directory, 'second/frobnicate'), { recursive: true });
    for (const name of ['first/plain', 'second/plain', 'second/tool']) {
      writeFileSync(join(directory, name), '#!/bin/sh\n');
    }
    chmodSync(join(directory, 'second/plain'), 0o755);
    chmodSync(join(directory, 'second/tool'), 0o755);
    env = {
      PATH: ['first', 'second', 'none'].map((name) => join(directory, name)).join(delimiter),
    };
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('searches PATH in order and passes over what may not be executed', () => {
    expect(findExecutable('plain', env, null)).toEqual({
      found: 'yes',
      path: join(directory, 'second/plain'),
    });
  });

  it('tells what was there but may not be executed', () => {
    expect(findExecutable('plain', { PATH: join(directory, 'first') }, null)).toEqual({
      found: 'notExecutable',
      path: join(directory, 'first/plain'),
      isDirectory: false,
    });
  });

  it('takes a name with a slash as a path from the working directory', () => {
    expect(findExecutable('./tool', env, join(directory, 'second'))).toMatchObject({
      found: 'yes',
      path: join(directory, 'second/tool'),
    });
    expect(findExecutable('./tool', env, directory)).toEqual({ found: 'no' });
  });

  it('does not take a directory for a program', () => {
    expect(findExecutable('frobnicate', env, null)).toEqual({ found: 'no' });
    expect(findExecutable('second/frobnicate', env, directory)).toEqual({
      found: 'notExecutable',
      path: join(directory, 'second/frobnicate'),
      isDirectory: true,
    });
  });

  it('finds nothing in an empty PATH, and searches the system without one', () => {
    expect(findExecutable('sh', { PATH: '' }, null)).toEqual({ found: 'no' });
    expect(findExecutable('sh', {}, null)).toMatchObject({ found: 'yes' });
  });
});
