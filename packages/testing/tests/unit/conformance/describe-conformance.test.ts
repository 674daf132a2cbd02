import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { NodeDriver, type DriverCapabilities } from '@proc/core';
import { FakeDriver } from '@proc/testing';
import {
  conformanceCases,
  describeConformance,
  reasonToSkip,
  type DefineTest,
} from '@proc/testing/conformance';

const bare: DriverCapabilities = {
  tty: false,
  kernelPipes: false,
  processGroup: false,
  detached: false,
  uidGid: false,
  nice: false,
  limits: false,
  ipc: false,
  mergeStderr: false,
  remote: true,
};

/** A runner that only takes note of what it is told. */
function listingRunner(): {
  lines: string[];
  describe: (name: string, body: () => void) => void;
  it: DefineTest;
} {
  const lines: string[] = [];
  const define = (name: string): void => void lines.push(name);
  return {
    lines,
    describe: (name, body) => {
      lines.push(`# ${name}`);
      body();
    },
    it: Object.assign(define, { skip: (name: string): void => void lines.push(`skip ${name}`) }),
  };
}

describe('describeConformance', () => {
  it('defines every case in its group, by whatever runner it is given', () => {
    const runner = listingRunner();
    describeConformance({
      driver: () => new FakeDriver(),
      expectedCapabilities: {},
      report: () => undefined,
      ...runner,
    });
    for (const { name, group } of conformanceCases) {
      expect(runner.lines.some((line) => line.replace(/^skip /, '').startsWith(name))).toBe(true);
      expect(runner.lines).toContain(`# ${group}`);
    }
    expect(runner.lines[0]).toBe('# the driver "fake"');
  });

  it('leaves out what the driver can not do, and says so and why', () => {
    const runner = listingRunner();
    const reported: string[] = [];
    const driver = Object.assign(new NodeDriver(), { capabilities: bare });
    describeConformance({
      driver: () => driver,
      expectedCapabilities: bare,
      report: (line) => reported.push(line),
      ...runner,
    });
    const group =
      'reaches every process of the group (left out: the driver declares no processGroup)';
    const directory =
      'starts in the directory of the launch (left out: the driver declares remote)';
    expect(runner.lines).toEqual(expect.arrayContaining([`skip ${group}`, `skip ${directory}`]));
    expect(reported).toEqual(
      expect.arrayContaining([`conformance: ${group}`, `conformance: ${directory}`]),
    );
  });

  it('defines an empty test in its place where the runner can not skip', async () => {
    const bodies = new Map<string, () => Promise<void>>();
    describeConformance({
      driver: () => Object.assign(new NodeDriver(), { capabilities: bare }),
      expectedCapabilities: bare,
      report: () => undefined,
      describe: (_, body) => body(),
      it: (name, body) => bodies.set(name, body),
    });
    const skipped = [...bodies].filter(([name]) => name.includes('left out'));
    expect(skipped.length).toBeGreaterThan(3);
    for (const [, body] of skipped) await expect(body()).resolves.toBeUndefined();
  });
});

describe('reasonToSkip', () => {
  it('knows what Windows has not', () => {
    expect(reasonToSkip({ posix: true }, bare, 'win32')).toBe('Windows has no such thing');
    expect(reasonToSkip({ posix: true }, bare, 'linux')).toBeUndefined();
    expect(reasonToSkip({}, bare, 'win32')).toBeUndefined();
  });
});

describe('reasonToSkip where there is no /proc', () => {
  it('leaves out what has to be looked up there', () => {
    const reason = 'only Linux lists the descriptors of a process in /proc';
    expect(reasonToSkip({ procfs: true }, bare, 'darwin')).toBe(reason);
    expect(reasonToSkip({ procfs: true }, bare, 'linux')).toBeUndefined();
  });
});

describe('the cases', () => {
  it('have names of their own', () => {
    const names = conformanceCases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
