import { writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The same mistake, an entry whose timeout is any string, in each form in which a pool can be given. */
const POOLS = {
  'a list': 'Process.pool(entries);',
  'a list that is read only': 'Process.pool(entries as readonly (typeof entries)[number][]);',
  'a Map': 'Process.pool(new Map(entries.map((entry) => [entry.key, entry])));',
  'a generator': 'Process.pool((function* () { yield* entries; })());',
  'an asynchronous generator': 'Process.pool((async function* () { yield* entries; })());',
};

/** What the compiler says of a mistake: it has to name what does not fit, and no other form that was not meant. */
export async function checkDiagnostics(checks, project) {
  const forms = Object.entries(POOLS);
  const program = path.join(project, 'diagnostics.mts');
  const lines = [
    "import { Process } from '@proc/process';",
    "const entries = ['a', 'b'].map((key) => ({ key, command: ['echo', key], timeout: '10s' }));",
    ...forms.map(([, code]) => code),
  ];
  writeFileSync(program, lines.join('\n'));
  const messages = messagesByLine(program);
  await checks.check('the compiler names the option of a pool that does not fit', () => {
    const vague = forms.filter(([, code]) => {
      const message = messages.get(lines.indexOf(code)) ?? '';
      return !message.includes("'timeout'") || message.includes('Index signature');
    });
    if (vague.length > 0) throw new Error(`not in ${vague.map(([form]) => form).join(', ')}`);
    return `in ${forms.length} forms`;
  });
}

function messagesByLine(file) {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const source = program.getSourceFile(file);
  return new Map(
    program
      .getSemanticDiagnostics(source)
      .map(({ start, messageText }) => [
        source.getLineAndCharacterOfPosition(start).line,
        ts.flattenDiagnosticMessageText(messageText, '\n'),
      ]),
  );
}
