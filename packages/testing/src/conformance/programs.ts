import { InvalidArgumentError } from '@proc/core';
import { didYouMean, requireList, showValue } from '@proc/core/internal';

/**
 * The programs that the cases run, as Node scripts. Each reads its arguments from `args`.
 *
 * They use nothing but Node's own modules, print by `process.stdout.write`, and end by themselves as soon as nothing is
 * left to do, so that no output is cut off.
 */
const SCRIPTS = {
  /** Exits with the code given, or 0. */
  exit: `process.exitCode = Number(args[0] ?? 0);`,
  /** Dies of the signal given. */
  die: `process.kill(process.pid, args[0]); setInterval(() => {}, 1000);`,
  /** Prints the first argument to stdout and the second to stderr. */
  print: `process.stdout.write(args[0]); process.stderr.write(args[1] ?? '');`,
  /** Prints so many bytes to both streams, those of stderr the other way round. */
  flood: `
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const count = Number(args[0]) / bytes.length;
    process.stdout.write(Buffer.concat(Array(count).fill(bytes)));
    process.stderr.write(Buffer.concat(Array(count).fill(Buffer.from(bytes).reverse())));`,
  /** Prints so many lines, in turn to stdout and stderr, each written before the next one. */
  alternate: `
    const fs = require('node:fs');
    for (let i = 0; i < Number(args[0]); i++) fs.writeSync(i % 2 === 0 ? 1 : 2, 'line ' + i + '\\n');`,
  /** Prints so many blocks of 64 KB to stdout, and a dot to stderr after each. */
  pour: `
    const fs = require('node:fs');
    const block = Buffer.alloc(65536, 'x');
    for (let i = 0; i < Number(args[0]); i++) {
      for (let done = 0; done < block.length; ) done += fs.writeSync(1, block, done);
      fs.writeSync(2, '.');
    }`,
  /** Prints its arguments as JSON. */
  arguments: `process.stdout.write(JSON.stringify(args));`,
  /** Prints its environment as JSON. */
  environment: `process.stdout.write(JSON.stringify(process.env));`,
  /** Prints as JSON what its descriptors lead to, those of its standard streams excepted; Linux only. */
  descriptors: `
    const fs = require('node:fs');
    const leadsTo = (fd) => {
      try {
        return [fs.readlinkSync('/proc/self/fd/' + fd)];
      } catch {
        return [];
      }
    };
    const others = fs.readdirSync('/proc/self/fd').filter((fd) => Number(fd) > 2);
    process.stdout.write(JSON.stringify(others.flatMap(leadsTo)));`,
  /** Opens so many files at once; prints "opened", or the code of the error. */
  open: `
    const fs = require('node:fs');
    try {
      for (let i = 0; i < Number(args[0]); i++) fs.openSync(process.execPath);
      process.stdout.write('opened');
    } catch (error) {
      process.stdout.write(error.code);
    }`,
  /** Prints its niceness. */
  niceness: `process.stdout.write(String(require('node:os').getPriority()));`,
  /** Prints its working directory. */
  directory: `process.stdout.write(process.cwd());`,
  /** Prints its standard input, and exits at its end. */
  echo: `process.stdin.pipe(process.stdout);`,
  /** Closes its standard input, prints "closed", and waits for ever. */
  refuse: `
    require('node:fs').closeSync(0);
    process.stdout.write('closed');
    setInterval(() => {}, 1000);`,
  /** Prints "ready" and waits for ever. With an argument, adds its pid to that file first. */
  wait: `
    if (args[0]) require('node:fs').appendFileSync(args[0], process.pid + '\\n');
    process.stdout.write('ready');
    setInterval(() => {}, 1000);`,
  /** Prints "ready", and the name of the signal that it then gets; exits with 42. */
  trap: `
    process.on(args[0], (signal) => {
      process.stdout.write(signal);
      process.exitCode = 42;
      clearInterval(waiting);
    });
    const waiting = setInterval(() => {}, 1000);
    process.stdout.write('ready');`,
  /** Prints "ready" and ignores SIGTERM. */
  stubborn: `
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
    process.stdout.write('ready');`,
  /** Starts a child that waits for ever and holds the output open; prints its pid, and waits for ever too. */
  parent: `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    child.on('spawn', () => process.stdout.write(String(child.pid)));`,
  /** As \`parent\`, but exits, which leaves the child holding the output. */
  abandon: `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    child.on('spawn', () => process.stdout.write(String(child.pid), () => process.exit(0)));`,
  /** Sends so many numbered messages, and ends. */
  tell: `for (let number = 0; number < Number(args[0]); number++) process.send({ number });`,
  /** Sends every message back until it is disconnected. */
  repeat: `process.on('message', (message) => process.send(message));`,
} as const;

/** Name of a program that the cases run. */
export type ConformanceProgram = keyof typeof SCRIPTS;

/** The command of a program: an executable and its arguments. */
export type ProgramCommand = (
  program: ConformanceProgram,
  args: readonly string[],
) => readonly string[];

/**
 * The programs as Node scripts, run by the Node that runs the suite. What is run very often is a shell script where
 * there are such: it starts ten times as fast.
 *
 * @throws {@link InvalidArgumentError} for a program that there is not, and for arguments that are no list
 */
export const nodeProgram: ProgramCommand = (program, args) => {
  requireProgram(program);
  requireList(args, 'Arguments of a program are given as');
  return program === 'exit' && process.platform !== 'win32'
    ? ['/bin/sh', '-c', EXIT, 'sh', ...args]
    : [process.execPath, '-e', scriptOf(program), '--', ...args];
};

function requireProgram(program: unknown): void {
  const names = Object.keys(SCRIPTS);
  if (typeof program === 'string' && names.includes(program)) return;
  const hint = typeof program === 'string' ? didYouMean(program, names) : '';
  throw new InvalidArgumentError(
    `There is no program ${showValue(program)} for the cases.${hint} There are ${names.join(', ')}.`,
  );
}

/** The program and arguments behind a command made by {@link nodeProgram}: for drivers that imitate programs. */
export function programOf(
  file: string,
  args: readonly string[],
): { readonly program: ConformanceProgram; readonly args: readonly string[] } | undefined {
  const [flag, script, , ...rest] = args;
  if (flag === '-c' && script === EXIT) return { program: 'exit', args: rest };
  if (file !== process.execPath || flag !== '-e') return undefined;
  const names = Object.keys(SCRIPTS) as ConformanceProgram[];
  const program = names.find((name) => scriptOf(name) === script);
  return program === undefined ? undefined : { program, args: rest };
}

const EXIT = 'exit "${1:-0}"';

function scriptOf(program: ConformanceProgram): string {
  return `const args = process.argv.slice(1);${SCRIPTS[program]}`;
}
