import spawn from 'nano-spawn';
import pLimit from 'p-limit';
import { limited } from './limited.mjs';

export async function nanoSpawnPeer() {
  const run = async ([file, ...args]) => {
    const { stdout } = await spawn(file, args, { stdin: 'ignore' });
    return { exitCode: 0, text: stdout };
  };

  return {
    run,
    pool: limited(pLimit, run),

    async pipe([[file, ...args], ...rest]) {
      let piped = spawn(file, args, { stdin: 'ignore' });
      for (const [next, ...nextArgs] of rest) piped = piped.pipe(next, nextArgs);
      const { stdout } = await piped;
      return { successful: true, text: stdout };
    },

    async capture([file, ...args]) {
      const { stdout } = await spawn(file, args, { stdin: 'ignore' });
      return { exitCode: 0, bytes: () => stdout.length };
    },

    async lines([file, ...args]) {
      let count = 0;
      for await (const line of spawn(file, args, { stdin: 'ignore' })) if (line !== '') count++;
      return count;
    },
  };
}
