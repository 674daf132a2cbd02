// Checks and runs every TypeScript snippet of the documentation against the built packages:
// `node scripts/snippets.mjs [part of a file's name]`. Ends with `N passed, N failed`.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { Checks, inParallel } from './support/checks.mjs';
import { compareOutput, snippetsOf } from './support/markdown.mjs';
import { plainEnvironment, runOk } from './support/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the workspace, so that the packages are found as in a project that has installed them.
const workspace = path.join(root, '.snippets');
const project = path.join(root, 'scripts', 'support', 'sample-project');

function documents() {
  const pages = (directory) =>
    existsSync(path.join(root, directory))
      ? readdirSync(path.join(root, directory))
          .filter((name) => name.endsWith('.md'))
          .map((name) => `${directory}/${name}`)
      : [];
  const readmes = readdirSync(path.join(root, 'packages')).map(
    (name) => `packages/${name}/README.md`,
  );
  return ['README.md', ...readmes, ...pages('docs')].filter((name) =>
    existsSync(path.join(root, name)),
  );
}

function prepare(snippets) {
  rmSync(workspace, { recursive: true, force: true });
  for (const [directory, type] of [
    ['esm', 'module'],
    ['jest', 'commonjs'],
  ]) {
    mkdirSync(path.join(workspace, directory), { recursive: true });
    writeFileSync(
      path.join(workspace, directory, 'package.json'),
      JSON.stringify({ type, private: true }),
    );
  }
  for (const snippet of snippets) {
    snippet.name = `${snippet.file}:${snippet.line}`;
    const base = snippet.name.replaceAll(/[^\w]+/g, '-');
    snippet.source = path.join(
      workspace,
      snippet.mode === 'jest' ? `jest/${base}.test.ts` : `esm/${base}.ts`,
    );
    writeFileSync(snippet.source, `${snippet.code}\n`);
  }
}

const shared = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

function problems(snippets) {
  const program = ts.createProgram({
    rootNames: snippets.map((snippet) => snippet.source),
    options: {
      ...shared,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      types: ['node'],
      typeRoots: [path.join(root, 'node_modules', '@types')],
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
    },
  });
  const found = new Map();
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const file = diagnostic.file?.fileName;
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    found.set(file, [...(found.get(file) ?? []), `line ${line + 1} of the snippet: ${text}`]);
  }
  return found;
}

function transpile(snippet, module, extension) {
  const { outputText } = ts.transpileModule(snippet.code, {
    compilerOptions: { ...shared, module },
  });
  const target = snippet.source.replace(/\.ts$/, extension);
  writeFileSync(target, outputText);
  return target;
}

/** Runs a program in a directory of its own, which holds a small project to work on. */
async function execute(snippet) {
  const target = transpile(snippet, ts.ModuleKind.ESNext, '.mjs');
  const cwd = mkdtempSync(path.join(realpathSync(tmpdir()), 'snippet-'));
  try {
    cpSync(project, cwd, { recursive: true });
    // Messages of the system's own programs are in the language of the documentation.
    const env = plainEnvironment({ LC_ALL: 'C' });
    const { stdout } = await runOk(process.execPath, [target], { cwd, env, timeoutMs: 60_000 });
    if (snippet.output !== undefined) compareOutput(snippet.output, stdout);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Runs a test as a stock Jest does: no flags, no transform. */
async function executeTest(snippet) {
  const target = transpile(snippet, ts.ModuleKind.CommonJS, '.js');
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = JSON.stringify({ testEnvironment: 'node', transform: {}, testMatch: [target] });
  const options = { cwd: path.dirname(target), env: plainEnvironment(), timeoutMs: 120_000 };
  await runOk(
    process.execPath,
    [jest, '--ci', '--rootDir', path.dirname(target), '--config', config],
    options,
  );
}

const checks = new Checks();
const wanted = process.argv[2] ?? '';
const snippets = documents()
  .filter((name) => name.includes(wanted))
  .flatMap((name) => snippetsOf(path.join(root, name), name));
prepare(snippets);
const found = problems(snippets);

await inParallel(snippets, 2, (snippet) =>
  checks.check(snippet.name, async () => {
    const wrong = found.get(snippet.source);
    if (wrong !== undefined) throw new Error(wrong.join('\n'));
    if (snippet.mode === 'jest') await executeTest(snippet);
    else if (snippet.mode === 'run') await execute(snippet);
    else if (snippet.mode !== 'no-run') throw new Error(`unknown kind of snippet: ${snippet.mode}`);
    return snippet.mode === 'run' ? undefined : snippet.mode;
  }),
);
checks.finish();
// After a failure it is there to be looked at.
if (process.exitCode === 0) rmSync(workspace, { recursive: true, force: true });
