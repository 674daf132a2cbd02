import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { cpuCountOf, type CpuSources } from '../../../src/manager/cpu-count.js';

function sources(
  files: Readonly<Record<string, string>> = {},
  more: Partial<CpuSources> = {},
): CpuSources {
  return {
    environment: {},
    platform: 'linux',
    available: () => 8,
    readText: (path) => files[path],
    ...more,
  };
}

describe('The number of processors', () => {
  it('is what the system lets the program run on', () => {
    expect(cpuCountOf(sources())).toEqual({ count: 8, reason: 'processors' });
    expect(cpuCountOf(sources({}, { available: () => 0 })).count).toBe(1);
  });

  it.each([
    ['200000 100000', 2],
    ['250000 100000', 3],
    ['10000 100000', 1],
  ])('is bounded by a quota of version 2, rounded up: %s', (quota, count) => {
    const files = { '/proc/self/cgroup': '0::/app\n', '/sys/fs/cgroup/app/cpu.max': `${quota}\n` };
    expect(cpuCountOf(sources(files))).toEqual({ count, reason: 'cgroup' });
  });

  it('is bounded by the strictest quota of the groups above', () => {
    const files = {
      '/proc/self/cgroup': '0::/a/b\n',
      '/sys/fs/cgroup/a/b/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/a/cpu.max': '300000 100000\n',
    };
    expect(cpuCountOf(sources(files)).count).toBe(3);
  });

  it('finds the quota at the root of a container whose group has the path of the host', () => {
    const files = {
      '/proc/self/cgroup': '0::/kubepods/pod1\n',
      '/sys/fs/cgroup/cpu.max': '400000 100000\n',
    };
    expect(cpuCountOf(sources(files)).count).toBe(4);
  });

  it('is bounded by a quota of version 1', () => {
    const group = '/sys/fs/cgroup/cpu/docker/x';
    const files = {
      '/proc/self/cgroup': '5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n',
      [`${group}/cpu.cfs_quota_us`]: '150000\n',
      [`${group}/cpu.cfs_period_us`]: '100000\n',
    };
    expect(cpuCountOf(sources(files))).toEqual({ count: 2, reason: 'cgroup' });
    files[`${group}/cpu.cfs_quota_us`] = '-1\n';
    expect(cpuCountOf(sources(files))).toEqual({ count: 8, reason: 'processors' });
  });

  it('knows no control groups elsewhere', () => {
    const files = { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '100000 100000\n' };
    expect(cpuCountOf(sources(files, { platform: 'darwin' })).count).toBe(8);
  });

  it('is overridden by PROC_WORKERS', () => {
    const environment = { PROC_WORKERS: '12' };
    expect(cpuCountOf(sources({}, { environment }))).toEqual({ count: 12, reason: 'PROC_WORKERS' });
    expect(cpuCountOf(sources({}, { environment: { PROC_WORKERS: '' } })).count).toBe(8);
  });

  it.each(['0', '-1', 'two', '1.5'])('refuses %s as PROC_WORKERS', (value) => {
    expect(() => cpuCountOf(sources({}, { environment: { PROC_WORKERS: value } }))).toThrow(
      InvalidArgumentError,
    );
  });
});
