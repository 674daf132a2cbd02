import { readFileSync } from 'node:fs';
import ts from 'typescript';

const base = ts.parseConfigFileTextToJson(
  'tsconfig.base.json',
  readFileSync(new URL('../../tsconfig.base.json', import.meta.url), 'utf8'),
).config.compilerOptions;

const { options: compilerOptions, errors } = ts.convertCompilerOptionsFromJson(
  {
    ...base,
    // Modules are joined first; what joins them writes CommonJS.
    module: 'esnext',
    moduleResolution: 'bundler',
    removeComments: true,
    composite: false,
    declaration: false,
    declarationMap: false,
  },
  '.',
);
if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, ts.createCompilerHost({})));

/** The JavaScript of one file of TypeScript, which `tsc` has checked, and its source map. */
export function transpile(code, fileName) {
  const { outputText, sourceMapText } = ts.transpileModule(code, { fileName, compilerOptions });
  return { code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ''), map: sourceMapText };
}
