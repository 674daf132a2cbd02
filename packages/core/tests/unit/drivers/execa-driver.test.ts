import { expect, it, jest } from '@jest/globals';
import { ExecaDriver } from '../../../src/drivers/execa-driver.js';
import { DriverUnavailableError } from '../../../src/errors/driver-unavailable-error.js';

it('the execa driver says what to install, and how to do without, where execa can not be imported', async () => {
  const missing = new Error('no such package');
  jest.unstable_mockModule('execa', () => {
    throw missing;
  });
  const driver = new ExecaDriver();
  const error: unknown = await driver.prepare()?.catch((reason: unknown) => reason);
  expect(DriverUnavailableError.is(error)).toBe(true);
  expect((error as Error).cause).toBe(missing);
  const { message } = error as Error;
  expect(message).toContain('npm install execa@');
  expect(message).toContain("driver('node')");
});
