import { startApplication } from './application.js';

/** What an application reports, with the most memory that it ever had. */
export interface Measured {
  readonly peakMiB: number;
}

/**
 * The young generation grows as far on every Node: by default each of its halves to 16 MiB on Node 20 and 22, but to 64 on
 * 24, where a bare `execFile('/bin/echo')` takes as much memory (188 MiB for 16,000 of them, of 89 on Node 20).
 */
const NODE_OPTIONS = `${process.env['NODE_OPTIONS'] ?? ''} --max-semi-space-size=16`;

/** Runs an application that prints its report as JSON; `peak()` is what it puts into `peakMiB`. */
export async function measured<Report extends Measured>(
  driver: string,
  code: string,
): Promise<Report> {
  const peak = 'const peak = () => process.resourceUsage().maxRSS / 1024;';
  const env = { ...process.env, NODE_OPTIONS };
  return JSON.parse(await startApplication(driver, peak + code, { env }).printed) as Report;
}
