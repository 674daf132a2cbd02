import { readFileSync } from 'node:fs';

let limit: number | undefined;

/** How many files this process may have open at once, as it was at the first look; `Infinity` where nothing says. */
export function openFilesLimit(): number {
  limit ??= process.platform === 'linux' ? fromProc() : fromReport();
  return limit;
}

function fromProc(): number {
  try {
    return parseLimits(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The soft limit of the table in `/proc/self/limits`. */
export function parseLimits(table: string): number {
  const soft = /^Max open files +(\d+)/m.exec(table)?.[1];
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
}

/** Costs tens of milliseconds, so not asked where there is another way. */
function fromReport(): number {
  const report = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } };
  };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
