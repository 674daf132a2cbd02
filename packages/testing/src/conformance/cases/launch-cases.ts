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
    name: 'passes every character in arguments',
    posix: true,
    async run(context) {
      for (const texts of portions(everyCharacter(), AT_ONCE)) {
        const result = await context.run('arguments', ...texts);
        assertSameTexts(result.json(), texts);
      }
    },
  },
  {
    name: 'passes thousands of arguments and variables',
    posix: true,
    async run(context) {
      const args = Array.from({ length: 4000 }, (_, index) => `argument ${index}`);
      const seenArgs = (await context.run('arguments', ...args)).json<string[]>();
      assertSameTexts(seenArgs, args);
      const env = Object.fromEntries(args.map((value, index) => [`VARIABLE_${index}`, value]));
      const seen = (await context.command('environment').env(env).run()).json<typeof env>();
      assertSameTexts(
        Object.keys(env).map((name) => seen[name] ?? `no ${name}`),
        args,
      );
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
    name: 'passes every character in variables',
    posix: true,
    async run(context) {
      for (const texts of portions(everyCharacter(), AT_ONCE)) {
        const env = Object.fromEntries(texts.map((text, index) => [`TEXT_${index}`, text]));
        const seen = (await context.command('environment').env(env).run()).json<typeof env>();
        assertSameTexts(
          Object.keys(env).map((name) => seen[name] ?? `no ${name}`),
          texts,
        );
      }
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

/** Texts of 8,000 characters, of which 16 and the rest of what is passed are less than any system takes. */
const LENGTH = 8000;
const AT_ONCE = 16;

/** All characters that there can be in Unicode, in texts. NUL can be passed by no system, half a character by none. */
function everyCharacter(): readonly string[] {
  const texts: string[] = [];
  for (let start = 1; start <= 0x10ffff; start += LENGTH) {
    const points = Array.from({ length: LENGTH }, (_, index) => start + index).filter(
      (point) => point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff),
    );
    texts.push(points.map((point) => String.fromCodePoint(point)).join(''));
  }
  return texts;
}

function portions<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Tells the first difference alone: the whole of it would be megabytes. */
function assertSameTexts(actual: readonly string[], expected: readonly string[]): void {
  assert.equal(actual.length, expected.length, 'some were lost, or added');
  const index = expected.findIndex((text, at) => text !== actual[at]);
  if (index === -1) return;
  const [is, should] = [actual[index] ?? '', expected[index] ?? ''].map((text) => Array.from(text));
  const at = should?.findIndex((character, place) => character !== is?.[place]) ?? 0;
  assert.equal(codeOf(is?.[at]), codeOf(should?.[at]), `text ${index} differs at ${at}`);
}

function codeOf(character: string | undefined): string {
  const point = character?.codePointAt(0);
  return point === undefined ? 'nothing' : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
