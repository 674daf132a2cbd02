import pLimit from 'p-limit';
import { x } from 'tinyexec';
import { limited } from './limited.mjs';

const QUIET_STDIN = { nodeOptions: { stdio: ['ignore', 'pipe', 'pipe'] } };

export async function tinyexecPeer() {
  const run = async ([file, ...args]) => {
    const { exitCode, stdout } = await x(file, args, QUIET_STDIN);
    return { exitCode, text: stdout };
  };

  return {
    run,
    pool: limited(pLimit, run),

    async capture([file, ...args]) {
      const { exitCode, stdout } = await x(file, args, QUIET_STDIN);
      return { exitCode, bytes: () => stdout.length };
    },

    async lines([file, ...args]) {
      let count = 0;
      for await (const line of x(file, args, QUIET_STDIN)) if (line !== '') count++;
      return count;
    },
  };
}
