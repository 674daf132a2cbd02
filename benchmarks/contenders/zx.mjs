import pLimit from 'p-limit';
import { $ } from 'zx';
import { limited } from './limited.mjs';

/** zx has no way around a shell: each of its runs starts one. */
export async function zxPeer() {
  const quiet = $({ nothrow: true, quiet: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = async (argv) => {
    const { exitCode, stdout } = await quiet`${argv}`;
    return { exitCode, text: stdout };
  };

  return {
    run,
    pool: limited(pLimit, run),

    async lines(argv) {
      let count = 0;
      for await (const line of quiet`${argv}`) if (line !== '') count++;
      return count;
    },
  };
}
