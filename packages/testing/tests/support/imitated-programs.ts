import { existsSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { LaunchSpec, ProcessSpec } from '@proc/core';
import { FakeProcessDescription, type FakeChild, type FakeValue } from '@proc/testing';
import { programOf, type ConformanceProgram } from '@proc/testing/conformance';

type Imitation = (args: readonly string[], launch: LaunchSpec) => FakeProcessDescription;

const describe = (): FakeProcessDescription => new FakeProcessDescription();

/** Lets a description go on until a signal ends it. */
const forever = (child: FakeChild): Promise<void> =>
  new Promise((resolve) => {
    child.signal.addEventListener('abort', () => resolve());
  });

/** More than any system has. */
const MOST_FILES = 1e9;

/** Characters of arguments and variables: about as many as Linux takes. */
const MOST_TEXT = 2 * 1024 * 1024;

/** The programs of the conformance suite, as a fake plays them. */
const IMITATIONS: Readonly<Record<ConformanceProgram, Imitation>> = {
  exit: ([code = '0']) => describe().exitCode(Number(code)),
  die: ([signal]) => describe().signal(signal as NodeJS.Signals),
  print: ([out = '', err = '']) => describe().output(bytes(out)).errorOutput(bytes(err)),
  flood: ([count]) =>
    describe()
      .output(pattern(Number(count)))
      .errorOutput(pattern(Number(count)).reverse()),
  alternate: ([count]) => {
    const description = describe();
    for (let i = 0; i < Number(count); i++) {
      if (i % 2 === 0) description.output(`line ${i}`);
      else description.errorOutput(`line ${i}`);
    }
    return description;
  },
  pour: ([count]) =>
    describe().perform(async (child) => {
      for (let i = 0; i < Number(count); i++) {
        await child.write('out', Buffer.alloc(65_536, 'x'));
        await child.write('err', '.');
      }
    }),
  arguments: (args) => describe().output(bytes(JSON.stringify(args))),
  environment: (_, { env }) => describe().output(bytes(JSON.stringify(env))),
  descriptors: () => describe().output(bytes('[]')),
  open: ([count], { limits }) =>
    describe().output(bytes(Number(count) > (limits.files ?? Infinity) ? 'EMFILE' : 'opened')),
  niceness: (_, { nice }) => describe().output(bytes(String(nice ?? 0))),
  directory: (_, { cwd }) => describe().output(bytes(cwd ?? process.cwd())),
  echo: () =>
    describe().perform(async (child) => {
      for await (const chunk of child.stdin) await child.write('out', chunk as Buffer);
    }),
  refuse: () => describe().closeInput().output(bytes('closed')).perform(forever),
  wait: ([file]) => {
    const description = describe().id(nextPid());
    const pid = description.toScript().pid;
    return description.perform(async (child) => {
      if (file !== undefined) await appendFile(file, `${String(pid)}\n`);
      await child.write('out', 'ready');
      await forever(child);
    });
  },
  trap: ([signal]) =>
    describe().perform(
      (child) =>
        new Promise((resolve) => {
          child.onSignal(signal as NodeJS.Signals, () => {
            void child.write('out', String(signal)).then(() => resolve(42));
          });
          void child.write('out', 'ready');
        }),
    ),
  stubborn: () => describe().ignoresSignals('SIGTERM').output(bytes('ready')).perform(forever),
  parent: () =>
    describe()
      .output(bytes(String(nextPid())))
      .perform(forever),
  abandon: () =>
    describe()
      .output(bytes(String(nextPid())))
      .holdsOutputOpen(),
  tell: ([count]) => {
    const description = describe();
    for (let number = 0; number < Number(count); number++) description.message({ number });
    return description;
  },
  repeat: () => describe().onMessage((message) => message),
};

/** A handler that plays the programs of the conformance suite, and refuses all others as the system would. */
export function imitatePrograms(_: ProcessSpec, launch: LaunchSpec): FakeValue {
  if (launch.cwd !== null && !isDirectory(launch.cwd)) return describe().startError('ENOTDIR');
  if ((launch.limits.files ?? 0) > MOST_FILES) return describe().startError('EPERM');
  if (totalLength(launch) > MOST_TEXT) return describe().startError('E2BIG');
  const known = programOf(launch.file, launch.args);
  if (known === undefined)
    return describe().startError(existsSync(launch.file) ? 'EACCES' : 'ENOENT');
  return IMITATIONS[known.program](known.args, launch);
}

function totalLength({ args, env }: LaunchSpec): number {
  return [...args, ...Object.values(env)].reduce((sum, { length }) => sum + length, 0);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function bytes(text: string): Buffer {
  return Buffer.from(text);
}

function pattern(length: number): Buffer {
  return Buffer.alloc(length, Buffer.from(Array.from({ length: 256 }, (_, index) => index)));
}

let lastPid = 2 ** 22 + 10_000_000;

/** As no process of this system has. */
function nextPid(): number {
  lastPid += 2;
  return lastPid;
}
