import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../../src/errors/configuration-error.js';
import {
  defineProcessConfig,
  resolveProcessConfig,
} from '../../../src/manager/define-process-config.js';
import type { ProcessConfig } from '../../../src/manager/process-config.js';

describe('defineProcessConfig', () => {
  it('gives back what it was given', () => {
    const config: ProcessConfig = {
      default: 'node',
      timeout: '30s',
      idleTimeout: null,
      grace: 0,
      env: { mode: 'clean' },
      output: { policy: 'tail', limit: 0 },
      orphans: 'leave',
      shell: '/bin/bash',
      drivers: { fast: { driver: 'node', anything: { goes: 'here' } } },
      pool: { concurrency: 'cpus', minFreeMemory: '10%', maxLoad: '250%' },
      pipe: { mode: 'streaming' },
      workers: { anything: 1 },
    };
    expect(defineProcessConfig(config)).toBe(config);
  });

  it.each<[unknown, string]>([
    [null, 'process must be an object'],
    [[], 'process must be an object'],
    [{ timeuot: 1 }, 'process.timeuot is not known. Did you mean "timeout"?'],
    [{ constructor: 1 }, 'process.constructor is not known.'],
    [{ default: '' }, 'process.default must be a non-empty string'],
    [{ default: 7 }, 'process.default must be a non-empty string'],
    [{ timeout: -1 }, 'process.timeout must be between 0 and'],
    [{ timeout: '5 parsecs' }, 'process.timeout'],
    [{ idleTimeout: NaN }, 'process.idleTimeout'],
    [{ grace: 'soon' }, 'process.grace must be milliseconds, a string such as "30s"'],
    [{ drain: { idle: null } }, 'process.drain.idle must be milliseconds'],
    [{ drain: { longset: 1 } }, 'process.drain.longset is not known. Did you mean "longest"?'],
    [{ env: 'clean' }, 'process.env must be an object'],
    [{ env: { mdoe: 'x' } }, 'process.env.mdoe is not known. Did you mean "mode"?'],
    [
      { env: { mode: 'clena' } },
      'process.env.mode must be one of inherit, clean. Did you mean "clean"?',
    ],
    [{ output: { policy: 'haed' } }, 'process.output.policy must be one of'],
    [{ output: { limit: -1 } }, 'process.output.limit must be a whole number of bytes'],
    [{ output: { limit: 1.5 } }, 'process.output.limit must be a whole number of bytes'],
    [{ output: { limit: '5 MB' } }, 'process.output.limit must be bytes, or a string such as'],
    [{ orphans: 'adopt' }, 'process.orphans must be one of kill, leave'],
    [{ shell: '' }, 'process.shell must be a non-empty string'],
    [{ drivers: { a: 'node' } }, 'process.drivers.a must be an object'],
    [{ drivers: { a: { driver: '' } } }, 'process.drivers.a.driver must be a non-empty string'],
    [{ pool: { concurrency: 0 } }, 'process.pool.concurrency must be a whole number from 1'],
    [{ pool: { minFreeMemory: '101%' } }, 'process.pool.minFreeMemory must be bytes'],
    [{ pool: { maxLoad: '0%' } }, 'process.pool.maxLoad must be a number above 0'],
    [{ pool: { minFreeDescriptors: -1 } }, 'process.pool.minFreeDescriptors must be a whole'],
    [{ pool: { concurrency: 'cpu' } }, 'process.pool.concurrency must be one of cpus'],
    [{ pipe: { mode: 'stream' } }, 'process.pipe.mode must be one of sequential, streaming'],
    [{ workers: 5 }, 'process.workers must be an object'],
  ])('refuses %j', (config, message) => {
    expect(() => defineProcessConfig(config as ProcessConfig)).toThrow(ConfigurationError);
    expect(() => defineProcessConfig(config as ProcessConfig)).toThrow(message);
  });

  it.each([
    'default',
    'timeout',
    'idleTimeout',
    'grace',
    'env',
    'output',
    'orphans',
    'shell',
    'drivers',
    'pool',
    'pipe',
    'workers',
  ])('is plain data: %s is no function', (key) => {
    const config = { [key]: () => 1 } as ProcessConfig;
    expect(() => defineProcessConfig(config)).toThrow(`process.${key}`);
  });

  it('takes undefined for not given', () => {
    expect(() =>
      defineProcessConfig({ timeout: undefined, env: { mode: undefined } }),
    ).not.toThrow();
  });
});

describe('resolveProcessConfig', () => {
  it('fills in the defaults', () => {
    expect(resolveProcessConfig()).toEqual({
      default: null,
      drain: { idleMs: 250, longestMs: 5000 },
      timeoutMs: null,
      idleTimeoutMs: null,
      graceMs: 5000,
      envMode: 'inherit',
      output: { policy: 'spill', limit: 1024 * 1024 },
      orphans: 'kill',
      shell: null,
      drivers: {},
      pool: { concurrency: 'cpus' },
      pipe: { mode: 'sequential' },
    });
  });

  it('resolves what is given', () => {
    expect(
      resolveProcessConfig({ timeout: '1s', idleTimeout: 0, grace: 0, output: { policy: 'head' } }),
    ).toMatchObject({
      timeoutMs: 1000,
      idleTimeoutMs: null,
      graceMs: 0,
      output: { policy: 'head', limit: 16 * 1024 * 1024 },
    });
  });

  it('refuses what defineProcessConfig refuses', () => {
    expect(() => resolveProcessConfig({ timeuot: 1 } as never)).toThrow(ConfigurationError);
  });
});
