import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LaunchSpec, ProcessSpec } from '@proc/core';
import { FakeProcessDescription, type FakeChild, type FakeValue } from '@proc/testing';

const ACTOR = resolve(__dirname, '../../fixtures/actor.cjs');

/** The command of a program that does these things one after the other, and then ends; see the fixture for all. */
export function actor(...steps: readonly string[]): readonly string[] {
  return [process.execPath, ACTOR, ...steps];
}

/** Adds to a description what the actor does at a step. */
type Verb = (
  description: FakeProcessDescription,
  words: string,
  launch: LaunchSpec,
) => FakeProcessDescription;

const VERBS: Readonly<Record<string, Verb>> = {
  out: (description, text) => description.output(text),
  err: (description, text) => description.errorOutput(text),
  raw: (description, text) => description.output(Buffer.from(text)),
  hex: (description, text) => description.output(Buffer.from(text, 'hex')),
  fill: (description, count) => description.output(Buffer.alloc(Number(count), 'abcdefghij')),
  pause: (description, ms) => description.delay(Number(ms)),
  read: (description) =>
    description.perform(async (child) => {
      await child.write('out', `<${String(await lineOf(child))}>\n`);
    }),
  hear: (description) =>
    description.perform(async (child) => {
      await lineOf(child);
    }),
  cat: (description) =>
    description.perform(async (child) => {
      for await (const chunk of child.stdin) await child.write('out', chunk as Buffer);
    }),
  yes: (description, text) =>
    description.perform(async (child) => {
      for (;;) await child.write('out', `${text}\n`);
    }),
  env: (description, name, { env }) => description.output(`${name}=${env[name] ?? '(unset)'}`),
  args: (description, count, { args }) =>
    description.output(JSON.stringify(args.slice(-Number(count)))),
  cwd: (description, _, { cwd }) => description.output(cwd ?? process.cwd()),
  ignore: (description, signal) => description.ignoresSignals(signal as NodeJS.Signals),
  on: (description, words) => {
    const [signal = '', code] = words.split(' ');
    return description.perform((child) => {
      child.onSignal(signal as NodeJS.Signals, () => {
        void child.write('out', `got ${signal}\n`).then(() => child.exit(Number(code)));
      });
    });
  },
  tell: (description, signal) =>
    description.perform((child) => {
      child.onSignal(signal as NodeJS.Signals, () => void child.write('out', `got ${signal}\n`));
    }),
  close: (description, stream) => {
    if (stream === 'stdin') return description.closeInput();
    return description.closeOutput(stream === 'stdout' ? 'out' : 'err');
  },
  wait: (description) => description.perform(forever),
  die: (description, signal) => description.signal(signal as NodeJS.Signals),
  exit: (description, code) => description.exitCode(Number(code)),
  leave: (description) => description.holdsOutputOpen(),
};

/** Plays the actor, and refuses all else as the system would. */
export function imitateActor(_: ProcessSpec, launch: LaunchSpec): FakeValue {
  const [script, ...steps] = launch.args;
  const description = new FakeProcessDescription();
  const problem = startProblem(launch);
  if (problem !== undefined) return description.startError(problem);
  if (script !== ACTOR) return description.startError('ENOENT');
  return steps.reduce((described, step) => {
    const [verb = '', ...words] = step.split(' ');
    return VERBS[verb]?.(described, words.join(' '), launch) ?? described;
  }, description);
}

function startProblem({ file, args, cwd }: LaunchSpec): string | undefined {
  if (args.some(({ length }) => length > 2_000_000)) return 'E2BIG';
  if (cwd !== null && !statSync(cwd).isDirectory()) return 'ENOTDIR';
  return file !== process.execPath && existsSync(file) ? 'EACCES' : undefined;
}

/** Goes on until a signal ends it. */
function forever(): Promise<void> {
  return new Promise(() => undefined);
}

const readers = new WeakMap<FakeChild['stdin'], AsyncGenerator<string>>();

/** The next line of the standard input. */
async function lineOf({ stdin }: FakeChild): Promise<string | undefined> {
  const reader = readers.get(stdin) ?? linesOf(stdin);
  readers.set(stdin, reader);
  const next = await reader.next();
  return next.done === true ? undefined : next.value;
}

async function* linesOf(stdin: FakeChild['stdin']): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stdin) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
