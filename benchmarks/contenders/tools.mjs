import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const started = promisify(execFile);
const call = async (file, args) => (await started(file, args, { maxBuffer: 1 << 24 })).stdout;
const words = (argv) => argv.join(' ');
const shellLine = (stages) => stages.map(words).join(' | ');
const POOL = 'n=$1 w=$2; shift 2; seq "$n" |';

/** Programs of the system. What their runs cost a caller in CPU is their own, not this process's. */
export async function bash() {
  return {
    async pipe(stages) {
      return { successful: true, text: await call('bash', ['-c', shellLine(stages)]) };
    },
  };
}

export async function xargs() {
  return {
    async pool([file], { count, width }) {
      const line = `${POOL} xargs -P "$w" -I {} "$1"`;
      await call('sh', ['-c', line, 'sh', String(count), String(width), file]);
      return count;
    },
  };
}

export async function gnuParallel() {
  return {
    async pool([file], { count, width }) {
      const line = `${POOL} parallel --will-cite -j "$w" -N1 "$1" '#' {}`;
      await call('sh', ['-c', line, 'sh', String(count), String(width), file]);
      return count;
    },
  };
}

/** A loop over posix_spawn in C, with nothing around it: what the system itself takes. */
export async function posixSpawnLoop(program) {
  const loop = async (argv, count, width) =>
    Number(await call(program, [String(count), String(width), ...argv]));
  return {
    pool: (argv, { count, width }) => loop(argv, count, width),
    serial: (argv, count) => loop(argv, count, 1),
  };
}
