import { expect as jestExpect, describe, it } from '@jest/globals';
import { expect } from '@proc/testing/node';
import { fakeApp } from '../../support/fake-app.js';

const double = (value: number): number => value * 2;

describe('Matchers of test runners', () => {
  it('judge fakes of workers', async () => {
    await using app = await fakeApp();
    const { fakes } = app;
    await app.processes.map([1, 2], double);

    expect(fakes).toHaveRun('double');
    expect(fakes).toHaveRun(/^dou/);
    expect(fakes).not.toHaveRun('half');
    expect(fakes).toHaveRunTimes('double', 2);
    expect(fakes).not.toHaveRunTimes('double', 1);
    expect(fakes).toHaveRunInOrder(['double', 'dou*']);
    expect(fakes).not.toHaveRunInOrder(['double']);
  });

  it('say what is wrong, both ways', async () => {
    await using app = await fakeApp();
    const { fakes } = app;
    await app.processes.map([1, 2], double);
    const list =
      'What has run:\n  1. double(1) [item 0] (done, stray)\n  2. double(2) [item 1] (done, stray)';
    const failures: readonly (readonly [() => void, string])[] = [
      [
        () => expect(fakes).toHaveRun('half'),
        `Expected "half" to have run, but it has not.\n${list}`,
      ],
      [
        () => expect(fakes).not.toHaveRun('double'),
        `Expected "double" not to have run, but it has, 2 times.\n${list}`,
      ],
      [() => expect(fakes).not.toHaveRunTimes('double', 2), 'Expected it not to have run 2 times.'],
      [
        () => expect(fakes).not.toHaveRunInOrder(['*', '*']),
        'Expected the tasks not to have run in this order.',
      ],
      [
        () => expect(fakes).toHaveLeftNoProcesses(),
        'Expected a process manager, the facade Process or an application',
      ],
    ];
    for (const [matcher, message] of failures) jestExpect(matcher).toThrow(message);
  });

  it('fail both ways where nothing is recorded', async () => {
    await using app = await fakeApp();
    app.fakes.restore();
    jestExpect(() => expect(app.fakes).toHaveRun('double')).toThrow('Nothing is recorded');
    jestExpect(() => expect(app.fakes).not.toHaveRun('double')).toThrow('Nothing is recorded');
  });
});
