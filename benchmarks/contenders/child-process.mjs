import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import { limited } from './limited.mjs';

/** What one would write by hand with `node:child_process`. */
export async function childProcess() {
  const gather = async ([file, ...args]) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    const errors = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => errors.push(chunk));
    const [exitCode] = await once(child, 'close');
    return { exitCode, chunks };
  };
  const run = async (argv) => {
    const { exitCode, chunks } = await gather(argv);
    return { exitCode, text: Buffer.concat(chunks).toString() };
  };

  return {
    run,
    pool: limited(pLimit, run),

    async pipe(stages) {
      const children = stages.map(([file, ...args]) =>
        spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] }),
      );
      const ends = children.map((child) => once(child, 'close'));
      children[0].stdin.end();
      const [last] = children.slice(-1);
      const texts = [];
      last.stdout.on('data', (chunk) => texts.push(chunk));
      const copies = children
        .slice(1)
        .map((child, index) =>
          pipeline(children[index].stdout, child.stdin).catch(() => undefined),
        );
      await Promise.all(copies);
      const codes = (await Promise.all(ends)).map(([code]) => code);
      return { successful: codes.at(-1) === 0, text: Buffer.concat(texts).toString() };
    },

    async capture(argv) {
      const { exitCode, chunks } = await gather(argv);
      return { exitCode, bytes: () => chunks.reduce((sum, chunk) => sum + chunk.length, 0) };
    },

    async discard([file, ...args]) {
      const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.resume();
      child.stderr.resume();
      const [exitCode] = await once(child, 'close');
      return { exitCode };
    },

    async lines([file, ...args]) {
      const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let count = 0;
      for await (const line of createInterface({ input: child.stdout })) if (line !== '') count++;
      return count;
    },

    async input([file, ...args], bytes) {
      const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      const chunks = [];
      child.stdout.on('data', (chunk) => chunks.push(chunk));
      child.stdin.end(bytes);
      await once(child, 'close');
      return Buffer.concat(chunks).toString();
    },

    async hold([file, ...args], count) {
      const children = Array.from({ length: count }, () =>
        spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] }),
      );
      await Promise.all(children.map((child) => once(child, 'spawn')));
      return () =>
        Promise.all(
          children.map((child) => {
            child.kill();
            return once(child, 'close');
          }),
        );
    },
  };
}
