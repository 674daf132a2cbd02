import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidArgumentError, type Application } from '@proc/core';
import {
  configureTesting,
  FakeDriver,
  FakeProcess,
  FakeProcessResult,
  installFakes,
  virtualClock,
  type FakeProcesses,
} from '@proc/testing';
import { useCassette } from '@proc/testing/cassettes';
import {
  assertCapabilities,
  checkConformance,
  ConformanceContext,
  describeConformance,
  nodeProgram,
  runConformanceCase,
} from '@proc/testing/conformance';
import { testingManager } from '../../support/testing-manager.js';

const EMPTY_SCRIPT = new FakeProcessResult().toScript();
const launch = () => new ConformanceContext(new FakeDriver()).launchOf('exit', []);

let app: Application;
let fakes: FakeProcesses;

beforeAll(async () => {
  const made = await testingManager();
  app = made.app;
  fakes = installFakes(made.processes);
});

afterAll(() => app.shutdown());

const BAD: readonly unknown[] = [undefined, null, 3, 'x'];

describe.each(BAD)('What can not work is refused by name, as %p', (bad) => {
  const given = bad as never;

  it.each<[string, () => unknown]>([
    ['as a manager of fakes', () => installFakes(given)],
    ['as a part of a test', () => fakes.isolated(given)],
    ['as the path of a cassette', () => useCassette(bad === 'x' ? '' : given)],
    ['as a driver to be checked', () => checkConformance(given)],
    ['as what a fake driver starts', () => new FakeDriver().start(given)],
    ['as what a fake process is started with', () => new FakeProcess(given, EMPTY_SCRIPT)],
    ['as what a fake process follows', () => new FakeProcess(launch(), given)],
    ['as a program of the cases', () => nodeProgram(given, [])],
    ['as the arguments of a program', () => nodeProgram('exit', given)],
    ['as a driver for a suite', () => describeConformance(given)],
    ['as a driver of a case', () => runConformanceCase({} as never, given)],
    ['as capabilities', () => assertCapabilities(given, given)],
    ['as options of tests', () => configureTesting(given)],
  ])('%s', async (_, call) => {
    await expect((async () => call())()).rejects.toThrow(InvalidArgumentError);
  });

  if (bad === undefined) return;

  it.each<[string, () => unknown]>([
    ['as options of a clock', () => virtualClock(given)],
    ['as options of a driver', () => new FakeDriver(given)],
    ['as fakes of a sequence', () => fakes.sequence(given)],
    ['as processes that may run', () => fakes.allowStrayProcesses(given)],
    ['as options of a cassette', () => useCassette('/tmp/none.json', given)],
  ])('%s', async (_, call) => {
    await expect((async () => call())()).rejects.toThrow(InvalidArgumentError);
  });
});
