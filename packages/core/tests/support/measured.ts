import { startApplication } from './application.js';

/** What an application reports, with the most memory that it ever had. */
export interface Measured {
  readonly peakMiB: number;
}

/** Runs an application that prints its report as JSON; `peak()` is what it puts into `peakMiB`. */
export async function measured<Report extends Measured>(
  driver: string,
  code: string,
): Promise<Report> {
  const peak = 'const peak = () => process.resourceUsage().maxRSS / 1024;';
  return JSON.parse(await startApplication(driver, peak + code).printed) as Report;
}
