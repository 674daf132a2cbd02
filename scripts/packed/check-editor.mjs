import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Entry points that only our own packages use. */
const OUR_OWN = new Set(['./internal', './essentials']);

/** What an editor shows of the packed declarations: what is said of each name, and where it leads to. */
export async function checkEditor(checks, project) {
  const editor = openEditor(project);
  const names = editor.names();
  await checks.check('an editor shows what each export and each method is for', () => {
    const silent = names.filter((name) => !name.documented).map(({ title }) => title);
    if (silent.length > 0) throw new Error(`nothing is said of ${silent.join(', ')}`);
    return `${names.length} names`;
  });
  await checks.check('an editor goes from each of them to its source', () => {
    const lost = names.filter(({ symbol }) => !editor.leadsToSource(symbol));
    if (lost.length > 0) throw new Error(lost.map(({ title }) => title).join(', '));
    return 'in src of the package';
  });
}

function openEditor(project) {
  const entries = entryPoints(project);
  const program = path.join(project, 'editor.mts');
  writeFileSync(program, entries.map(({ name }) => `export * from '${name}';\n`).join(''));
  const service = ts.createLanguageService(hostOf(project, program));
  const checker = service.getProgram().getTypeChecker();
  return {
    names: () => entries.flatMap((entry) => namesOf(service.getProgram(), checker, entry)),
    leadsToSource(symbol) {
      const declaration = symbol.declarations[0];
      const fileName = declaration.getSourceFile().fileName;
      const pos = (declaration.name ?? declaration).getStart();
      const source = service.getSourceMapper().tryGetSourcePosition({ fileName, pos });
      return source !== undefined && existsSync(source.fileName);
    },
  };
}

/** Every entry point of every package of ours, with its declarations. */
function entryPoints(project) {
  const scope = path.join(project, 'node_modules', '@proc');
  return readdirSync(scope).flatMap((each) => {
    const directory = path.join(scope, each);
    const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
    return Object.entries(manifest.exports)
      .filter(([at, { types }]) => types !== undefined && !OUR_OWN.has(at))
      .map(([at, { types }]) => ({
        name: manifest.name + at.slice(1),
        file: path.join(directory, types),
      }));
  });
}

/** What is exported, and the methods of it. */
function namesOf(program, checker, { name, file }) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol =
      exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!isOurs(symbol)) return [];
    const title = `${exported.name} of ${name}`;
    return [symbol, ...methodsOf(checker, symbol)].map((each) => ({
      title: each === symbol ? title : `${exported.name}.${each.name}() of ${name}`,
      symbol: each,
      documented:
        each.getDocumentationComment(checker).length + each.getJsDocTags(checker).length > 0,
    }));
  });
}

function methodsOf(checker, symbol) {
  if ((symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0) return [];
  return checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    .filter((member) => isOurs(member) && member.declarations.some(isMethod))
    .filter(({ name }) => !name.startsWith('__@'));
}

function isMethod(declaration) {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    (ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)) &&
    (ts.getCombinedModifierFlags(declaration) & hidden) === 0
  );
}

function isOurs({ declarations }) {
  const file = declarations?.[0]?.getSourceFile().fileName;
  return file?.includes('/node_modules/@proc/') ?? false;
}

function hostOf(project, program) {
  return {
    getScriptFileNames: () => [program],
    getScriptVersion: () => '1',
    getScriptSnapshot(file) {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => project,
    getCompilationSettings: () => ({
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      skipLibCheck: true,
      types: [],
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  };
}
