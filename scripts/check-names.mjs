// Fails when something public has a type that its package exports nowhere: who uses it could not name what he gets.
// Reads the declarations in `dist`. Constructors and members that are for the packages themselves are marked
// `@internal`, and are not in them.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the packages share with one another is no part of what is public. */
const SHARED = ['./internal', './essentials'];

const entries = readdirSync(path.join(root, 'packages')).flatMap((name) => {
  const directory = path.join(root, 'packages', name);
  const { exports } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([key, { types }]) => ({ key, file: path.join(directory, types) }));
});
const program = ts.createProgram(
  entries.map(({ file }) => file),
  {
    module: ts.ModuleKind.Node20,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    skipLibCheck: true,
  },
);
const checker = program.getTypeChecker();

const known = new Set(entries.flatMap(({ file }) => exportsOf(file)));
const open = entries.filter(({ key }) => !SHARED.includes(key));
const unnamed = new Set(
  open.flatMap(({ file }) => exportsOf(file)).flatMap((symbol) => unnamedIn(symbol)),
);

function exportsOf(file) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  return checker.getExportsOfModule(module).map((symbol) => originOf(symbol));
}

function originOf(symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Where a public declaration names what is exported nowhere. */
function unnamedIn(symbol) {
  const found = [];
  for (const declaration of declarationsOf(symbol)) visit(declaration);
  return found;

  function visit(node) {
    if (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) return;
    const name = nameIn(node);
    const meant = name && checker.getSymbolAtLocation(name);
    if (meant && isUnnamed(originOf(meant))) {
      // What is inherited has no need of its class's name.
      if (isBase(node)) return void found.push(...unnamedIn(originOf(meant)));
      const file = path.relative(root, node.getSourceFile().fileName).replaceAll(path.sep, '/');
      found.push(`${file}: ${symbol.name} has ${meant.name}`);
    }
    ts.forEachChild(node, visit);
  }
}

/** The type that a node refers to. What `typeof` asks for is no type, and need not be named. */
function nameIn(node) {
  if (ts.isTypeReferenceNode(node)) return lastOf(node.typeName);
  if (ts.isExpressionWithTypeArguments(node)) return node.expression;
  if (ts.isImportTypeNode(node) && node.qualifier) return lastOf(node.qualifier);
  return undefined;
}

function isBase({ parent }) {
  return ts.isHeritageClause(parent) && ts.isClassDeclaration(parent.parent);
}

function lastOf(name) {
  return ts.isQualifiedName(name) ? name.right : name;
}

function isUnnamed(symbol) {
  return (
    !known.has(symbol) &&
    declarationsOf(symbol).some((each) => !ts.isTypeParameterDeclaration(each))
  );
}

/** Those in our packages. */
function declarationsOf(symbol) {
  return (symbol.declarations ?? []).filter((each) =>
    /[/\\]packages[/\\][^/\\]+[/\\]dist[/\\]/.test(each.getSourceFile().fileName),
  );
}

for (const each of unnamed) console.error(`${each}, which is exported nowhere`);
process.exitCode = unnamed.size > 0 ? 1 : 0;
