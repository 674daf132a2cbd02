import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { secret } from '../../src/redaction/secret.js';
import { hostile, hostileKeys, hostileOrLarge, those } from './hostile-values.js';
import { objects, plain, property, sample, type Sample } from './samples.js';

/** Mostly what belongs there. */
function mostly(good: fc.Arbitrary<Sample>, bad = hostileOrLarge): fc.Arbitrary<Sample> {
  return fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: bad });
}

const flag = mostly(plain(true, false));
const duration = fc.oneof(
  plain(0, 5, '5ms', '1.5s', ' 2s '),
  objects(property({ seconds: mostly(plain(1, 2)), minutes: mostly(plain(0)), days: plain(1) })),
);
/** Nothing that would be waited for. */
const shortDuration = mostly(
  fc.oneof(plain(0, 1, '1ms'), objects(property({ milliseconds: plain(0, 1), seconds: hostile }))),
  hostile,
);
const writable = fc.constant(sample('<a stream>', () => new PassThrough().resume()));
const fn = fc.constantFrom(
  sample('() => true', () => () => true),
  sample('() => { throw }', () => () => {
    throw new Error('from a callback');
  }),
);

/** Options of every kind, whose files are all in one directory. */
export function optionSamples(directory: string): fc.Arbitrary<Sample> {
  const path = plain(
    `${directory}/file`,
    `${directory}/no/such/directory`,
    directory,
    '',
    'a\0b',
    '\ud800',
    pathToFileURL(`${directory}/url`),
    new URL('http://example.com/'),
    5,
    null,
  );
  const retention = objects(
    property({
      policy: mostly(plain('spill', 'head', 'tail', 'headTail', 'fail', 'discard', 'haed')),
      limit: mostly(plain(0, 1, 1000)),
      file: path,
      append: flag,
      tee: mostly(fc.oneof(writable, those(/target|stream/))),
      limt: hostile,
    }),
  );
  const target = fc.oneof(
    { weight: 3, arbitrary: retention },
    plain('head', 'tail', 'no'),
    hostileOrLarge,
  );
  const retry = objects(
    property({
      times: mostly(plain(0, 1, 2), hostile),
      delay: shortDuration,
      factor: mostly(plain(0, 1, 2)),
      when: mostly(fn, hostile),
      tiems: hostile,
    }),
  );
  const variables = objects(
    fc.tuple(
      fc.oneof(fc.constantFrom('A', 'B', 'PATH', 'A=B', 'a\0b', '\ud800'), hostileKeys),
      mostly(
        fc.oneof(
          plain('a', 1, true, false, null, undefined, '${A}'),
          fc.constant(sample('<a secret>', () => secret('hidden'))),
        ),
      ),
    ),
    4,
  );
  const input = fc.oneof(
    plain('text', 5, false, ['a', 'b'], ['a', null]),
    fc.constant(sample('<a stream>', () => new PassThrough().end('text'))),
    fc.constant(sample('<a secret>', () => secret('hidden'))),
    those(/stream|iter|generator|secret|running|file/),
  );
  const whole = (good: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> => mostly(good);
  return objects(
    fc.oneof(
      {
        weight: 12,
        arbitrary: property({
          cwd: whole(plain('/', '.', directory, new URL('file:///'))),
          workingDirectory: whole(plain('/')),
          env: whole(variables),
          environment: whole(variables),
          inheritEnv: flag,
          includeParentEnvironment: flag,
          shell: whole(plain(true, false, '/bin/sh')),
          runInShell: flag,
          input: whole(input),
          timeout: whole(fc.oneof(duration, plain(null))),
          idleTimeout: whole(duration),
          quiet: flag,
          tty: whole(plain(true, false, 'auto')),
          driver: whole(plain('stub', 'stab')),
          signal: whole(those(/signal/)),
          killSignal: whole(plain('SIGTERM', 'int', 9, 'SIGTREM', 0, -1)),
          grace: whole(duration),
          retry: mostly(fc.oneof(retry, plain(0, 1, 2)), hostile),
          retryAttempts: mostly(plain(0, 1, 2), hostile),
          retryDelay: shortDuration,
          output: whole(objects(property({ stdout: target, stderr: target, stdotu: target }))),
          mergeStderr: flag,
          detached: flag,
          uid: whole(plain(0, 1000)),
          gid: whole(plain(0, 1000)),
          nice: whole(plain(0, 5, -20, 20)),
          limits: whole(
            objects(
              property({
                cpu: mostly(duration),
                memory: whole(plain(1e9)),
                files: whole(plain(64)),
                processes: whole(plain(5)),
                flies: hostile,
              }),
            ),
          ),
          interactive: flag,
          ipc: whole(plain(true, false, 'json', 'advanced', 'jsno')),
          encoding: whole(plain('utf8', 'latin1', 'base64', 'utf-9')),
          tag: whole(plain('tag', '')),
          meta: whole(objects(fc.tuple(fc.oneof(fc.constant('a'), hostileKeys), hostile))),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constant('output'), objects(property({ stdout: target }))),
      },
      { weight: 1, arbitrary: fc.tuple(hostileKeys, hostile) },
    ),
    4,
  );
}
