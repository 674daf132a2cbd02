// Fails when source files of a package import each other in a circle at run time: decorators run
// while modules load, so a circle can be a crash. `import type` and `import()` do not count.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

function sourceFiles() {
  return readdirSync(path.join(root, 'packages'))
    .map((name) => path.join(root, 'packages', name, 'src'))
    .filter((directory) => existsSync(directory))
    .flatMap((directory) =>
      readdirSync(directory, { recursive: true }).map((file) => path.join(directory, file)),
    )
    .filter((file) => file.endsWith('.ts'));
}

function survivesCompilation(statement) {
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause;
    if (!clause) return true;
    if (clause.isTypeOnly) return false;
    const named = clause.namedBindings;
    if (clause.name || !named || !ts.isNamedImports(named)) return true;
    return named.elements.some((element) => !element.isTypeOnly);
  }
  if (ts.isExportDeclaration(statement)) {
    if (statement.isTypeOnly) return false;
    const named = statement.exportClause;
    if (!named || !ts.isNamedExports(named)) return true;
    return named.elements.some((element) => !element.isTypeOnly);
  }
  return false;
}

function runtimeImports(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements
    .filter((statement) => survivesCompilation(statement))
    .map((statement) => statement.moduleSpecifier?.text)
    .filter((specifier) => specifier?.startsWith('.'))
    .map((specifier) => path.resolve(path.dirname(file), specifier.replace(/\.js$/, '.ts')));
}

const imports = new Map(sourceFiles().map((file) => [file, runtimeImports(file)]));
const done = new Set();
const cycles = [];

function visit(file, trail) {
  const start = trail.indexOf(file);
  if (start !== -1) return void cycles.push([...trail.slice(start), file]);
  if (done.has(file)) return;
  for (const next of imports.get(file) ?? []) visit(next, [...trail, file]);
  done.add(file);
}
for (const file of imports.keys()) visit(file, []);

for (const cycle of cycles) {
  const steps = cycle.map((file) => path.relative(root, file).replaceAll(path.sep, '/'));
  console.error(`Import cycle at run time:\n  ${steps.join('\n  → ')}`);
}
process.exitCode = cycles.length > 0 ? 1 : 0;
