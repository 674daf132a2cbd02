import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { PosixDriver } from '../../src/posix-driver.js';
import { PosixDriverServiceProvider } from '../../src/posix-driver-service-provider.js';

describe('the provider of the driver', () => {
  let fromEnvironment: string | undefined;
  beforeEach(() => {
    fromEnvironment = process.env['PROC_DRIVER'];
    delete process.env['PROC_DRIVER'];
  });
  afterEach(() => {
    if (fromEnvironment !== undefined) process.env['PROC_DRIVER'] = fromEnvironment;
  });

  const driverOf = async (config: Record<string, unknown> = {}): Promise<string> => {
    const app = new Application({
      providers: [ProcessServiceProvider, PosixDriverServiceProvider],
      config: { process: config },
    });
    await app.boot();
    const running = await app.get(ProcessManager).start([process.execPath, '--version']);
    await running.wait();
    await app.shutdown();
    return running.driver;
  };

  it('makes it the default where it works', async () => {
    expect(await driverOf()).toBe(PosixDriver.isSupported() ? 'posix' : 'execa');
  });

  it('leaves the choice to the configuration', async () => {
    expect(await driverOf({ default: 'node' })).toBe('node');
  });

  it('leaves the default as it is where it does not work', async () => {
    jest.spyOn(PosixDriver, 'isSupported').mockReturnValue(false);
    expect(await driverOf()).toBe('execa');
  });
});
