import assert from 'node:assert/strict';
import { group } from '../conformance-case.js';
import { readAll } from '../output-reader.js';

/** What has gone wrong on the way through shells and quoting rules. */
const CORPUS: readonly string[] = [
  '',
  ' ',
  'two words',
  '  padded  ',
  "it's",
  '"double"',
  'back\\slash\\',
  '\\"',
  '$HOME',
  '${PATH}',
  '`id`',
  '$(id)',
  '%PATH%',
  '^caret!',
  'a;b&c|d>e<f',
  '*?[a]{b,c}~',
  '-dash',
  '--',
  'line\nbreak\r\nand\ttab',
  'äöü €',
  '日本語 🎉',
  'x'.repeat(10_000),
];

/** Added by the system itself. */
const SYSTEM_VARIABLES = /^(__CF_USER_TEXT_ENCODING|SYSTEMROOT)$/i;

export const launchCases = group('arguments, environment and directory', [
  {
    name: 'passes arguments byte for byte',
    async run(context) {
      const result = await context.run('arguments', ...CORPUS);
      assert.deepEqual(result.json(), CORPUS);
    },
  },
  {
    name: 'gives exactly the environment of the launch',
    async run(context) {
      const env = { PLAIN: 'value', EMPTY: '', SPECIAL: ' a="$b"\n\'c\' ', ÜMLAUT: 'äöü' };
      const handle = await context.launch('environment', [], { env });
      const printed = await readAll(handle.stdout);
      const seen = Object.entries(JSON.parse(String(printed)) as Record<string, string>);
      const own = seen.filter(([name]) => !SYSTEM_VARIABLES.test(name));
      assert.deepEqual(Object.fromEntries(own), env);
    },
  },
  {
    name: 'starts in the directory of the launch',
    excludes: ['remote'],
    async run(context) {
      const directory = await context.directory();
      const result = await context.command('directory').path(directory).run();
      assert.equal(result.stdout, directory);
    },
  },
]);
