const { Process } = require('@proc/process');
const cases = require('../fake-timers/cases.cjs');

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  Process.restore();
});

test.each(Object.entries(cases))('%s', async (_title, body) => {
  await body((ms) => jest.advanceTimersByTimeAsync(ms));
});
