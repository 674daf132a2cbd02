import { execa } from 'execa';
import pLimit from 'p-limit';
import { limited } from './limited.mjs';

const UNLIMITED = { encoding: 'buffer', maxBuffer: Infinity };

export async function execaPeer() {
  const run = async ([file, ...args]) => {
    const { exitCode, stdout } = await execa(file, args, { reject: false, stdin: 'ignore' });
    return { exitCode, text: stdout };
  };

  return {
    run,
    pool: limited(pLimit, run),

    async pipe([[file, ...args], ...rest]) {
      let piped = execa(file, args, { stdin: 'ignore' });
      for (const [next, ...nextArgs] of rest) piped = piped.pipe(next, nextArgs);
      const result = await piped;
      return { successful: result.exitCode === 0, text: result.stdout };
    },

    async capture([file, ...args]) {
      const { exitCode, stdout } = await execa(file, args, { ...UNLIMITED, stdin: 'ignore' });
      return { exitCode, bytes: () => stdout.length };
    },

    async discard([file, ...args]) {
      // 'ignore' would hand the null device to the program; here, too, the bytes are read and dropped.
      const child = execa(file, args, { buffer: false, stdin: 'ignore' });
      child.stdout.resume();
      const { exitCode } = await child;
      return { exitCode };
    },

    async lines([file, ...args]) {
      let count = 0;
      const child = execa(file, args, { buffer: false, stdin: 'ignore' });
      for await (const line of child) if (line !== '') count++;
      return count;
    },

    async input([file, ...args], bytes) {
      const { stdout } = await execa(file, args, { input: bytes });
      return stdout;
    },

    async hold([file, ...args], count) {
      const children = Array.from({ length: count }, () =>
        execa(file, args, { reject: false, stdin: 'ignore' }),
      );
      return () => {
        for (const child of children) child.kill();
        return Promise.all(children);
      };
    },
  };
}
