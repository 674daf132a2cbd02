import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const script = fileURLToPath(new URL('../bundle.mjs', import.meta.url));

const SOURCES = {
  'index.ts': `
    import { createRequire } from 'node:module';
    import type * as Late from './late/later.js';
    export { Shared } from './shared.js';
    export * from 'neighbour';
    const later = createRequire(__filename);
    export const late = (): string => (later('./late/later.js') as typeof Late).name;
    export const load = (url: string): Promise<unknown> => import(url, { with: { type: 'json' } });
  `,
  'shared.ts': 'export class Shared { readonly kind = "shared"; }',
  'late/later.ts': `
    import { Shared } from '../shared.js';
    export const name = Shared.name;
  `,
  'worker/thread-entry.ts': `
    import { Shared } from '../shared.js';
    console.log(new Shared().kind);
  `,
};

/** What there is beside them. */
const BESIDE = {
  '../dist/old.js': '',
  '../dist/old.d.ts': '',
  '../dist/index.d.ts': '',
  '../node_modules/neighbour/index.js': 'exports.loud = (text) => text.toUpperCase();',
};

/** Builds a package of these files; `check` gets its directory, and what the build said. */
function built(files, check) {
  const root = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  try {
    const exports = { '.': { default: './dist/index.js' }, './package.json': './package.json' };
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ exports }));
    for (const [name, text] of Object.entries({ ...files, ...BESIDE })) {
      const file = path.join(root, 'src', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const build = spawnSync(process.execPath, [script], { cwd: root, encoding: 'utf8' });
    check(root, build);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What a program of an ES module prints that imports the package. */
function printed(root, program, ...options) {
  const url = JSON.stringify(pathToFileURL(path.join(root, 'dist/index.js')));
  const args = [...options, '--input-type=module', '-e', program.replace('PACKAGE', url)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return stdout.trim() || stderr;
}

test('an entry has all names, also those of others', () => {
  built(SOURCES, (root, { stderr }) => {
    assert.equal(stderr, '');
    const program = "import { Shared, loud } from PACKAGE; console.log(Shared.name, loud('a'));";
    assert.equal(printed(root, program), 'Shared A');
    const names = 'import * as all from PACKAGE; console.log(Object.keys(all).sort().join());';
    assert.equal(printed(root, names), 'Shared,__esModule,default,late,load,loud');
  });
});

test('what is loaded late is a file of its own, and shares what it uses', () => {
  built(SOURCES, (root) => {
    assert.equal(printed(root, 'import { late } from PACKAGE; console.log(late());'), 'Shared');
    assert.doesNotMatch(readFileSync(`${root}/dist/index.js`, 'utf8'), /Shared\.name/);
  });
});

test('programs that are started by their path have the same place as in the sources', () => {
  built(SOURCES, (root) => {
    const program = spawnSync(process.execPath, [`${root}/dist/worker/thread-entry.js`]);
    assert.equal(`${program.stdout}`, 'shared\n');
  });
});

test('a call of import keeps its options', () => {
  built(SOURCES, (root) => {
    assert.match(
      readFileSync(`${root}/dist/index.js`, 'utf8'),
      /import\(url, \{ with: \{ type: 'json' \} \}\)/,
    );
  });
});

test('source maps lead to the sources', () => {
  const shared =
    "export class Shared {\n  readonly kind = this.fail();\n  fail(): string {\n    throw new Error('failed');\n  }\n}\n";
  built({ ...SOURCES, 'shared.ts': shared }, (root) => {
    const program = 'import { Shared } from PACKAGE; new Shared();';
    assert.match(printed(root, program, '--enable-source-maps'), /src[\\/]shared\.ts:4:11/);
  });
});

test('a large entry has a small one in front of it, which names what it has', () => {
  const index = `
    export const text = '${'x'.repeat(40_000)}';
    export class Late { fail(): never { throw new Error(text.slice(0, 3)); } }
  `;
  built({ 'index.ts': index }, (root, { stderr }) => {
    assert.equal(stderr, '');
    assert.ok(readFileSync(`${root}/dist/index.js`).length < 1000);
    const names = 'import * as all from PACKAGE; console.log(Object.keys(all).sort().join());';
    assert.equal(printed(root, names), 'Late,__esModule,default,text');
    const same = `console.log(require('./dist/index.js') === require('./dist/index-whole.js'));`;
    const { stdout } = spawnSync(process.execPath, ['-e', same], { cwd: root, encoding: 'utf8' });
    assert.equal(stdout, 'true\n');
    const fails = 'import { Late } from PACKAGE; new Late().fail();';
    assert.match(printed(root, fails, '--enable-source-maps'), /src[\\/]index\.ts:3/);
  });
});

test('an entry with names that are known only when it runs stays as it is', () => {
  const index = `export * from 'neighbour'; export const text = '${'x'.repeat(40_000)}';`;
  built({ 'index.ts': index }, (root) => {
    assert.deepEqual(
      readdirSync(`${root}/dist`).filter((name) => /whole/.test(name)),
      [],
    );
    const program = "import { loud, text } from PACKAGE; console.log(loud('a'), text.length);";
    assert.equal(printed(root, program), 'A 40000');
  });
});

test('an entry with a name that no variable can have stays as it is', () => {
  const index = `const text = '${'x'.repeat(40_000)}'; export { text as static, text };`;
  built({ 'index.ts': index }, (root) => {
    const program = 'import { static as own, text } from PACKAGE; console.log(own === text);';
    assert.equal(printed(root, program), 'true');
  });
});

test('what several entries share is named after none of its files', () => {
  built(SOURCES, (root) => {
    assert.deepEqual(readdirSync(`${root}/dist/parts`).sort(), [
      'late',
      'shared.js',
      'shared.js.map',
    ]);
  });
});

test('an ES module has a source map', () => {
  const files = {
    ...SOURCES,
    'more.mts': "import { Shared } from './shared.js';\n\nthrow new Error(Shared.name);\n",
  };
  const exports = { '.': { default: './dist/index.js' }, './more': { default: './dist/more.mjs' } };
  built({ ...files, '../package.json': JSON.stringify({ exports }) }, (root) => {
    const args = ['--enable-source-maps', `${root}/dist/more.mjs`];
    const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.match(stderr, /src[\\/]more\.mts:3/);
  });
});

test('an error keeps its name where the code of an application is made small', () => {
  const index = `${SOURCES['index.ts']} export class LostError extends Error {}`;
  built({ ...SOURCES, 'index.ts': index }, (root) => {
    const file = path.join(root, 'dist/index.js');
    const code = readFileSync(file, 'utf8');
    // As tools do that give short names to everything.
    writeFileSync(
      file,
      code.replace(/\bclass LostError\b/, 'class e').replaceAll(/= LostError\b/g, '= e'),
    );
    const program =
      'import { LostError } from PACKAGE; console.log(LostError.name, Object.keys(LostError).length);';
    assert.equal(printed(root, program), 'LostError 0');
  });
});

test('what joins an application to one file sees what is loaded late', () => {
  built(SOURCES, (root) => {
    assert.match(
      readFileSync(`${root}/dist/index.js`, 'utf8'),
      /\brequire\("\.\/parts\/late\/later\.js"\)/,
    );
  });
});

test('files of an earlier build are removed', () => {
  built(SOURCES, (root) => {
    assert.equal(existsSync(`${root}/dist/old.js`), false);
    assert.equal(existsSync(`${root}/dist/old.d.ts`), false);
    assert.equal(existsSync(`${root}/dist/index.d.ts`), true);
  });
});

test('two classes of one name keep it', () => {
  const index = `${SOURCES['index.ts']} export { Shared as Other } from './other.js';`;
  const files = { ...SOURCES, 'index.ts': index, 'other.ts': 'export class Shared {}' };
  built(files, (root) => {
    const program = 'import { Other, Shared } from PACKAGE; console.log(Other.name, Shared.name);';
    assert.equal(printed(root, program), 'Shared Shared');
  });
});

for (const load of ["import('./shared.js')", "createRequire(__filename)('./shared.js')"]) {
  test(`a file that ${load} would not find is refused`, () => {
    const index = `${SOURCES['index.ts']} export const lost = (): unknown => ${load};`;
    built({ ...SOURCES, 'index.ts': index }, (_, { status, stderr }) => {
      assert.equal(status, 1);
      assert.match(stderr, /'\.\/shared\.js'…\) in index is not found in dist: use later\(\)/);
    });
  });
}
