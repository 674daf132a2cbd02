import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { nearestExecutable } from '../../../src/launch/nearest-executable.js';

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'nearest-'));
  fs.writeFileSync(join(directory, 'frobnicate'), '');
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(directory, { recursive: true });
});

/** Later than before, however coarse the clock of the file system is. */
function add(name: string, seconds: number): void {
  fs.writeFileSync(join(directory, name), '');
  fs.utimesSync(directory, seconds, seconds);
}

describe('nearestExecutable', () => {
  it('names the nearest program of PATH', () => {
    expect(nearestExecutable('frobnicaet', { PATH: directory })).toBe('frobnicate');
  });

  it('reads a directory once for any number of misses, however often PATH names it', () => {
    const reads = jest.spyOn(fs, 'readdirSync');
    const env = { PATH: `${directory}:${directory}` };
    for (let miss = 0; miss < 100; miss++) {
      expect(nearestExecutable('frobnciate', env)).toBe('frobnicate');
      expect(nearestExecutable('frobnicat', env)).toBe('frobnicate');
    }
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('hears of what has been installed since', () => {
    const env = { PATH: directory };
    expect(nearestExecutable('frobnicate2', env)).toBe('frobnicate');
    expect(nearestExecutable('xylophnoe', env)).toBeUndefined();
    add('xylophone', 1000);
    expect(nearestExecutable('xylophnoe', env)).toBe('xylophone');
  });

  it('answers for the PATH that is given', () => {
    expect(nearestExecutable('frobnicate4', { PATH: directory })).toBe('frobnicate');
    expect(nearestExecutable('frobnicate4', { PATH: join(directory, 'none') })).toBeUndefined();
    expect(nearestExecutable('./frobnicate4', { PATH: directory })).toBeUndefined();
    expect(nearestExecutable('completely-different', { PATH: directory })).toBeUndefined();
  });

  it('does not grow with the number of names and directories', () => {
    const env = {
      PATH: Array.from({ length: 200 }, (_, n) => join(directory, String(n))).join(':'),
    };
    for (let n = 0; n < 200; n++) fs.mkdirSync(join(directory, String(n)));
    for (let n = 0; n < 200; n++) expect(nearestExecutable(`nothing-${n}`, env)).toBeUndefined();
    expect(nearestExecutable('frobnciate', { PATH: directory })).toBe('frobnicate');
  });
});
