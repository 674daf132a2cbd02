import 'reflect-metadata';
import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { FakeDriver } from '@proc/testing';
import { checkConformance, conformanceCases } from '@proc/testing/conformance';
import { imitatePrograms } from '../../support/imitated-programs.js';

const imitating = (): FakeDriver => new FakeDriver({ fakes: imitatePrograms });

const [first, second] = conformanceCases.filter(({ name }) => name.startsWith('reports'));
const pipes = conformanceCases.find(({ requires }) => requires?.includes('kernelPipes'));
const few = [first, second, pipes].filter((each) => each !== undefined);

/** All programs succeed, whatever they are asked for. */
const succeeding = (): FakeDriver => new FakeDriver({ fakes: () => '' });

describe('checkConformance', () => {
  it('runs every case without a runner, and tells why it has left some out', async () => {
    const report = await checkConformance({ driver: imitating });

    expect(report.driver).toBe('fake');
    expect(report.failed).toEqual([]);
    expect(report.outcomes.map(({ name }) => name)).toEqual(
      conformanceCases.map(({ name }) => name),
    );
    expect(report.skipped).toContainEqual({
      group: 'output',
      name: 'writes to a descriptor and leaves it open',
      outcome: 'skipped',
      reason: 'the driver declares no kernelPipes',
    });
    expect(report.passed.length).toBe(conformanceCases.length - report.skipped.length);
    expect(report.successful()).toBe(true);
    expect(report.throw()).toBe(report);
  }, 120_000);

  it('goes on after a case that failed, and prints a line for each', async () => {
    const lines: string[] = [];
    const report = await checkConformance({
      driver: succeeding,
      cases: few,
      report: (line) => lines.push(line),
    });

    expect(report.successful()).toBe(false);
    expect(report.failed[0]?.error).toBeInstanceOf(AssertionError);
    expect(String(report)).toBe(
      [
        'the driver "fake"',
        '  exit',
        '    FAILED    reports the exit codes 0, 1 and 255',
        '              Expected values to be strictly equal:',
        '',
        '              0 !== 1',
        '    FAILED    reports every exit code there is',
        '              Expected values to be strictly deep-equal:',
        '              + actual - expected',
        '',
        '                {',
        '              +   exitCode: 0,',
        '              -   exitCode: 1,',
        '                  signal: null',
        '                }',
        '  output',
        '    left out  writes to a descriptor and leaves it open (the driver declares no kernelPipes)',
        '0 passed, 2 failed, 1 left out',
      ].join('\n'),
    );
    expect(inspect(report)).toBe(String(report));
    expect(lines).toHaveLength(3);
    expect(() => report.throw()).toThrow('0 passed, 2 failed, 1 left out');
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({
      driver: 'fake',
      failed: [{ name: 'reports the exit codes 0, 1 and 255', error: expect.any(String) }, {}],
      skipped: [{ reason: 'the driver declares no kernelPipes' }],
    });
  });

  it('leaves out what needs more than a poor driver can do, each with the reason, and runs the rest', async () => {
    const { capabilities } = imitating();
    const able = Object.keys(capabilities).filter((name) => name !== 'remote');
    const nothing = Object.fromEntries(able.map((name) => [name, false]));
    const poor = { ...capabilities, ...nothing };
    const report = await checkConformance({
      driver: () => Object.assign(imitating(), { capabilities: poor }),
      expectedCapabilities: poor,
    });

    expect(report.failed).toEqual([]);
    expect(Object.fromEntries(report.skipped.map(({ name, reason }) => [name, reason]))).toEqual(
      Object.fromEntries(
        conformanceCases.flatMap(({ name, requires }) =>
          requires === undefined ? [] : [[name, `the driver declares no ${String(requires[0])}`]],
        ),
      ),
    );
    expect(new Set(report.skipped.map(({ reason }) => reason)).size).toBeGreaterThan(5);
    expect(report.outcomes).toHaveLength(conformanceCases.length + 1);
  }, 120_000);

  it('fails a driver that declares something else than is expected of it', async () => {
    const check = { driver: imitating, cases: [], expectedCapabilities: { kernelPipes: true } };
    const report = await checkConformance(check);

    expect(report.failed).toMatchObject([
      { name: 'declares the capabilities that are expected of it' },
    ]);
    const right = { ...check, expectedCapabilities: { kernelPipes: false } };
    expect((await checkConformance(right)).passed).toHaveLength(1);
  });
});
