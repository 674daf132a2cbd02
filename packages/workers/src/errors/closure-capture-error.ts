import { ProcError } from '@proc/core/essentials';

/** A variable that a function takes from around itself. */
export interface CapturedVariable {
  readonly name: string;
  /** How it was declared: `const`, `import` (also by `require`), `parameter`, …; undefined where that is not known. */
  readonly kind: string | undefined;
  /** What it holds: `number`, `Map`, `function`, …; undefined where that is not known. */
  readonly type: string | undefined;
  /** Where it was declared, like `src/price.ts:4`; undefined where that is not known. */
  readonly place: string | undefined;
  /** The module of Node that a function belongs to, as `node:fs`. */
  readonly module?: string | undefined;
  /** It is Node's own, or is imported and has functions: neither `with` nor a snapshot could bring it over. */
  readonly stays?: boolean;
}

/**
 * A function uses variables from around itself, which do not travel to a worker with it. Thrown before anything is
 * sent; or, where the check was off, instead of the `ReferenceError` in the worker.
 */
export class ClosureCaptureError extends ProcError {
  readonly code = 'ERR_PROC_CLOSURE_CAPTURE';

  constructor(
    readonly functionName: string,
    /** Where the function is, like `src/price.ts:12`; undefined where that is not known. */
    readonly place: string | undefined,
    readonly variables: readonly CapturedVariable[],
    options?: ErrorOptions,
  ) {
    super(messageFor(functionName, place, variables), options);
  }
}

function messageFor(
  name: string,
  place: string | undefined,
  variables: readonly CapturedVariable[],
): string {
  const which = name === '' ? 'A function' : `The function "${name}"`;
  const where = place === undefined ? '' : ` (${place})`;
  const uses = joined(variables.map(described));
  const hints = [...new Set(variables.flatMap(({ name: variable }) => hintFor(variable)))];
  return [
    `${which}${where} can not be sent to a worker as it is: it uses ${uses}, ` +
      `and what is around a function does not travel with it.`,
    ...remedies(name, variables),
    ...hints,
  ].join('\n');
}

function remedies(name: string, variables: readonly CapturedVariable[]): readonly string[] {
  const module =
    `move the function into a module and name it there: ` +
    `task(new URL('./tasks.js', import.meta.url), '${name === '' ? 'name' : name}')`;
  const loading = loadable(variables);
  if (loading !== undefined && variables.some(({ stays }) => stays === true)) {
    const rest = handedOver(variables.filter((variable) => !isLoadable(variable)));
    const others = rest === '' ? '' : `, and hand over the rest: ${rest}`;
    return [`Do one of these:`, `  - ${loading}${others}`, `  - ${module}`];
  }
  const given = handedOver(variables);
  if (given === '') return [`Instead, ${module}.`];
  return [
    `Do one of these:`,
    ...(loading === undefined ? [] : [`  - ${loading}`]),
    `  - hand over what it needs: ${given}`,
    `  - ${module}`,
    `  - let copies be taken of what it uses now: { capture: 'snapshot' }`,
  ];
}

function handedOver(variables: readonly CapturedVariable[]): string {
  const names = variables.map(({ name }) => name).filter(canBeHandedOver);
  return names.length === 0 ? '' : `{ with: { ${names.join(', ')} } }`;
}

/** How to load what was imported: by the name of its module, where all is Node's and of one. */
function loadable(variables: readonly CapturedVariable[]): string | undefined {
  const imported = variables.filter(isLoadable);
  if (imported.length === 0) return undefined;
  const [from, ...others] = new Set(imported.map(({ module }) => module));
  const known = others.length === 0 && from?.startsWith('node:internal/') === false;
  const module = known ? from : '…';
  const names = joined(imported.map(({ name }) => name));
  return `load ${names} within the function: await import('${module}'), or require('${module}')`;
}

function described({ name, kind, type, place }: CapturedVariable): string {
  const declared = place === undefined ? kind : `${kind ?? 'declared'} at ${place}`;
  const facts = [type, declared].filter((fact) => fact !== undefined);
  return facts.length === 0 ? `\`${name}\`` : `\`${name}\` (${facts.join(', ')})`;
}

const MADE_BY_VITEST = /^__vi(te_ssr)?_import_/;

function hintFor(name: string): readonly string[] {
  if (MADE_BY_VITEST.test(name)) {
    return [
      `\`${name}\` is what Vitest makes of an import. In a shipped function, load it: await import('…').`,
    ];
  }
  if (/^_[a-z]\w*$|^import_\w+$|_\d+$/.test(name)) {
    return [
      `\`${name}\` looks like an import that a compiler renamed. In a shipped function, load it: await import('…').`,
    ];
  }
  if (name === 'this') return ['`this` is what a method is called on, and stays behind.'];
  if (name === 'import.meta') return ['`import.meta` belongs to the file; hand over its url.'];
  return [];
}

/** A plain value from another module travels as well as one of this module. */
function isLoadable({ kind, type, module }: CapturedVariable): boolean {
  if (module !== undefined) return true;
  return kind === 'import' && !/^(?:number|string|boolean|bigint)$/.test(type ?? '');
}

/** What a compiler made of an import is in no text that a person could change. */
function canBeHandedOver(name: string): boolean {
  return name !== 'this' && !name.includes('.') && !MADE_BY_VITEST.test(name);
}

function joined(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.slice(-1).join('')}`;
}
