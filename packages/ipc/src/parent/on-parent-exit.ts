import { watchParent, type Ancestry, type ParentExitOptions } from './watch-parent.js';

/**
 * Calls a function once this process has lost its parent, however that ended: killed too. It neither keeps this process
 * alive nor ends it: that is what the function is for.
 *
 * Elsewhere than on Windows an orphan is given another parent at once, which is what is looked for; there, whether the
 * parent is alive.
 *
 * @returns stops watching
 * @throws {@link InvalidArgumentError}
 *
 * @example
 * ```ts
 * onParentExit(() => process.exit(1));
 * ```
 */
export function onParentExit(listener: () => void, options: ParentExitOptions = {}): () => void {
  return watchParent(listener, options, system);
}

const system: Ancestry = {
  platform: process.platform,
  ppid: () => process.ppid,
  isAlive: (pid) => {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      // It is there, and belongs to somebody else.
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};
