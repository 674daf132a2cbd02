import { hasDescriptors } from '@proc/core/internal';
import type { KernelPipe } from './kernel-pipe.js';
import { openFifos } from './open-fifos.js';
import { openProcPipes } from './open-proc-pipes.js';

/**
 * Makes pipes of the operating system.
 *
 * @returns `null` where that is not possible; nothing is left behind then
 */
export async function openKernelPipes(
  count: number,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly KernelPipe[] | null> {
  const ways = platform === 'linux' ? [openProcPipes, openFifos] : [openFifos];
  for (const open of ways) {
    // Each try with too few would cost some, which Node never gives back.
    if (!hasDescriptors()) return null;
    try {
      return await open(count);
    } catch {
      // The next way, or none.
    }
  }
  return null;
}
