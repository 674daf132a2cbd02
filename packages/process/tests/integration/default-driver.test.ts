import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createProcess,
  defaultProviders,
  PosixDriver,
  Application,
  ProcessManager,
} from '../../src/index.js';

describe('the default driver', () => {
  let fromEnvironment: string | undefined;
  beforeEach(() => {
    fromEnvironment = process.env['PROC_DRIVER'];
    delete process.env['PROC_DRIVER'];
  });
  afterEach(() => {
    if (fromEnvironment === undefined) delete process.env['PROC_DRIVER'];
    else process.env['PROC_DRIVER'] = fromEnvironment;
  });

  const driverOf = async (processes: ProcessManager): Promise<string> => {
    const running = await processes.start([process.execPath, '--version']);
    await running.wait();
    return running.driver;
  };

  it('is posix where it works', async () => {
    await using processes = await createProcess();
    expect(await driverOf(processes)).toBe(PosixDriver.isSupported() ? 'posix' : 'execa');
  });

  it('is what PROC_DRIVER names, and the configuration before it', async () => {
    process.env['PROC_DRIVER'] = 'node';
    await using processes = await createProcess();
    await using other = await createProcess({ default: 'execa' });
    expect([await driverOf(processes), await driverOf(other)]).toEqual(['node', 'execa']);
  });

  it('is execa without the provider of posix', async () => {
    const app = new Application({
      providers: defaultProviders.filter(({ name }) => name !== 'PosixDriverServiceProvider'),
    });
    await app.boot();
    expect(await driverOf(app.get(ProcessManager))).toBe('execa');
    await app.shutdown();
  });
});
