import { describe, expect, it, jest } from '@jest/globals';
import { startApplication } from '../support/application.js';
import { testedDrivers } from '../support/drivers.js';

jest.setTimeout(300_000);

/** What execa, Node and core read from options, descriptors and events, or might read one day. */
const NAMES = (
  'shell timeout cwd env stdio stdin stdout stderr encoding input inputFile uid gid argv0 signal killSignal detached ' +
  'windowsHide windowsVerbatimArguments maxBuffer serialization ipc ipcInput node nodePath nodeOptions execPath ' +
  'preferLocal localDir localDirectory extendEnv cleanup buffer lines all reject verbose stripFinalNewline ' +
  'cancelSignal gracefulCancel forceKillAfterDelay sync isSync forceShell file args commandArguments command options ' +
  'fd handle type wrapType readable writable get set value enumerable configurable ' +
  'nice limits cpuSeconds processes files mergeStderr driver key tees tee out err retry times factor secrets child ' +
  'failure virtual recycle graceMs cause spec reason prepare policy limit append path quiet tty grace idleTimeout'
).split(' ');

/** Names that are tried at a time; far apart in the list, so that none hides what another one does. */
const AT_A_TIME = 10;

/**
 * Runs a few commands, and again for every name and value while that is what every object inherits; prints where that
 * made a difference.
 */
const code = `
  const file = require('node:path').join(require('node:os').tmpdir(), 'polluted-' + process.pid);
  const pending = [
    () => manager.run(['printf', '%s', '$HOME; id', 'b'], { quiet: false }),
    () => manager.command(['env']).withoutInheritedEnv().env({ PATH: '/usr/bin:/bin', A: '1' }).run(),
    () => manager.command('nice; ulimit -n; echo err >&2').mergeStderr().nice(2).limits({ files: 99 }).run(),
    () => manager.command(['cat']).input('typed').timeout('20s').retry(1).path('/').run(),
    () => manager.command(['sleep', '30']).start().then((started) => started.stop('5s', 'SIGINT')),
    () => manager.run(['not-there-at-all']),
    () => manager.command(['printf', 'kept']).output({ stdout: { file, limit: 1 } }).run(),
    () => manager.command(['sleep', '30']).timeout(20).run(),
  ];
  const told = async (run) => {
    try {
      const { stdout, stderr, exitCode, signal } = await run();
      return [stdout, stderr, exitCode, signal].join('|');
    } catch (error) {
      return [error.name, error.code, error.message.replace(/after [\\d.]+ (ms|seconds?)/, '')].join('|');
    }
  };
  const endings = async () => (await Promise.all(pending.map(told))).join('\\n');
  const expected = await endings();
  const values = [true, '/not/there', { EVIL: '1', file: '/not/there' }];
  const names = ${JSON.stringify(NAMES)};
  const rounds = Math.ceil(names.length / ${AT_A_TIME});
  let tried = 0;
  for (const value of values) {
    for (let round = 0; round < rounds; round++) {
      const some = names.filter((_, index) => index % rounds === round);
      const descriptor = { __proto__: null, value, configurable: true, enumerable: true, writable: true };
      for (const name of some) Object.defineProperty(Object.prototype, name, descriptor);
      let now;
      try {
        now = await endings();
        if (!some.every((name) => Object.hasOwn(Object.prototype, name))) now = 'they were not put back';
      } finally {
        for (const name of some) delete Object.prototype[name];
      }
      if (now !== expected) console.log('differs', some.join(' '), typeof value, [...now].length, now);
      tried += some.length;
    }
  }
  console.log('tried', tried);
  require('node:fs').unlinkSync(file);
  await app.shutdown();`;

describe.each(testedDrivers)('a polluted Object.prototype (driver %s)', (driver) => {
  it('changes nothing of what is run', async () => {
    expect(await startApplication(driver, code).printed).toBe(`tried ${NAMES.length * 3}\n`);
  });
});

/** Names that execa would heed. */
const HEEDED = [
  ['shell', true],
  ['shell', '/bin/false'],
  ['timeout', 1],
  ['node', true],
  ['input', 'something'],
  ['all', true],
] as const;

/** What is not seen by a look at how many there are, and what can not be taken away. */
const WAYS = [
  ['where the language has less', '--disable-proto=delete', true],
  ['for good', '', false],
] as const;

describe.each(testedDrivers)('an Object.prototype that is polluted (driver %s)', (driver) => {
  it.each(WAYS)('%s changes nothing of what is run', async (_, flag, configurable) => {
    const tried = HEEDED.map(async ([name, value]) => {
      const descriptor = JSON.stringify({ value, configurable, enumerable: true, writable: true });
      const polluted = `
        const line = 'sleep 0.05; printf %s "$0"';
        const ending = async () => {
          const { stdout, stderr, exitCode, signal } = await manager.run(['sh', '-c', line, '$HOME; id']);
          return [stdout, stderr, exitCode, signal].join('|');
        };
        const expected = await ending();
        Object.defineProperty(Object.prototype, ${JSON.stringify(name)}, ${descriptor});
        const now = await ending();
        console.log(now === expected ? 'same' : now);
        process.exit();`;
      const env = { ...process.env, NODE_OPTIONS: flag };
      return startApplication(driver, polluted, { env }).printed;
    });
    expect(await Promise.all(tried)).toEqual(HEEDED.map(() => 'same\n'));
  });
});
