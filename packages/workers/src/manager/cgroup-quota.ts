/** The content of a file; `undefined` where it can not be read. */
export type ReadText = (path: string) => string | undefined;

const ROOT = '/sys/fs/cgroup';

/**
 * How many processors' worth of time the control group of this process may use, in either version of control groups;
 * `undefined` without a quota. The strictest of the group and of those above it counts.
 */
export function cgroupQuota(readText: ReadText): number | undefined {
  const groups = readText('/proc/self/cgroup') ?? '';
  const quotas = groups.split('\n').flatMap((line) => quotasOf(line, readText));
  return quotas.length === 0 ? undefined : Math.min(...quotas);
}

/** A line is `id:controllers:path`; version 2 has one line, without controllers. */
function quotasOf(line: string, readText: ReadText): number[] {
  const [, controllers, ...rest] = line.split(':');
  const path = rest.join(':');
  if (controllers === undefined || path === '') return [];
  if (controllers === '') return upwards(ROOT, path, (group) => version2(group, readText));
  const names = controllers.split(',');
  if (!names.includes('cpu')) return [];
  return [`${ROOT}/cpu`, `${ROOT}/${controllers}`].flatMap((mount) =>
    upwards(mount, path, (group) => version1(group, readText)),
  );
}

function upwards(
  mount: string,
  path: string,
  read: (group: string) => number | undefined,
): number[] {
  const found: number[] = [];
  // Inside a container the path may be the host's; the root of the mount is then the group itself.
  for (let at = path.replace(/\/+$/, ''); ; at = at.slice(0, at.lastIndexOf('/'))) {
    const quota = read(`${mount}${at}`);
    if (quota !== undefined) found.push(quota);
    if (!at.includes('/')) return found;
  }
}

function version2(group: string, readText: ReadText): number | undefined {
  const [quota, period] = (readText(`${group}/cpu.max`) ?? '').trim().split(' ');
  return share(Number(quota), Number(period));
}

function version1(group: string, readText: ReadText): number | undefined {
  const quota = Number(readText(`${group}/cpu.cfs_quota_us`) ?? Number.NaN);
  const period = Number(readText(`${group}/cpu.cfs_period_us`) ?? Number.NaN);
  return share(quota, period);
}

/** No quota is written `max` in version 2, and -1 in version 1. */
function share(quota: number, period: number): number | undefined {
  return quota > 0 && period > 0 ? quota / period : undefined;
}
