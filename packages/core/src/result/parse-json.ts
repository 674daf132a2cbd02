import type { ProcessSpec } from '../contracts/process-spec.js';
import type { SchemaIssue, SchemaResult, StandardSchema } from '../contracts/schema.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { OutputFormatError } from '../errors/output-format-error.js';
import { probe } from '../kernel/probe.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import type { SecretTable } from '../redaction/secret-table.js';
import { secretsOf } from '../redaction/spec-secrets.js';

/** Characters of the text that a message shows. */
const SHOWN = 80;

/** Where a text comes from: what an error says of it. */
export interface JsonOrigin {
  readonly spec: ProcessSpec;
  /** Gives the last of what was printed there. */
  readonly stderr?: () => string;
  /** Its number among the lines, from 1; `undefined` when it is the whole output. */
  readonly line?: number;
}

/**
 * Output parsed as JSON and validated.
 *
 * @throws {@link OutputFormatError} with the place and a piece of the text, or with every issue of the schema; also for
 *   an asynchronous schema
 */
export function parseJson<T>(
  origin: JsonOrigin,
  text: string,
  schema: StandardSchema<T> | undefined,
): T {
  requireSchema(schema);
  const value = valueOf(origin, text);
  if (schema === undefined) return value as T;
  const outcome = schema['~standard'].validate(value);
  if ('then' in outcome) {
    // Nobody waits for it any more.
    outcome.then(undefined, () => undefined);
    throw formatError(origin, 'can not be validated: the schema is asynchronous.');
  }
  return accepted(origin, outcome);
}

/**
 * As {@link parseJson}, with any schema.
 *
 * @throws {@link OutputFormatError}
 */
export async function parseJsonLater<T>(
  origin: JsonOrigin,
  text: string,
  schema: StandardSchema<T> | undefined,
): Promise<T> {
  return validateLater(origin, valueOf(origin, text), schema);
}

/**
 * A value that has been parsed already, validated by any schema.
 *
 * @throws {@link OutputFormatError}
 */
export async function validateLater<T>(
  origin: JsonOrigin,
  value: unknown,
  schema: StandardSchema<T> | undefined,
): Promise<T> {
  if (schema === undefined) return value as T;
  return accepted(origin, await schema['~standard'].validate(value));
}

/** @throws {@link InvalidArgumentError} for what is no schema that can be asked */
export function requireSchema(schema: unknown): void {
  if (schema === undefined) return;
  const standard = probe(() => (schema as Partial<StandardSchema>)['~standard']);
  if (typeof standard?.validate === 'function') return;
  throw new InvalidArgumentError(
    `A schema is one of the Standard Schema specification (zod from 3.24, valibot from 1.0, arktype from 2.0 …), not ${showValue(schema)}.`,
  );
}

function valueOf(origin: JsonOrigin, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const secrets = secretsOf(origin.spec);
    const error = secrets.isEmpty ? (cause as Error) : withoutText(cause as Error);
    const what = `printed no JSON${place(origin)}: ${error.message}. It begins with: ${snippet(text, secrets)}`;
    throw formatError(origin, what, error);
  }
}

/** The engine quotes the text around the place in question, which may be half of a secret. */
function withoutText({ message }: Error): Error {
  const [what = ''] = message.split(/(?:, (?:\.{3})?)?"/, 1);
  return new SyntaxError(what === '' ? 'it is not valid JSON' : what);
}

function accepted<T>(origin: JsonOrigin, outcome: SchemaResult<T>): T {
  if (outcome.issues === undefined) return outcome.value;
  const issues = outcome.issues.map(describe).join('; ');
  throw formatError(origin, `printed JSON that does not fit the schema${place(origin)}: ${issues}`);
}

function formatError(origin: JsonOrigin, what: string, cause?: unknown): OutputFormatError {
  const { spec, stderr } = origin;
  const facts = stderr === undefined ? { what, spec } : { what, spec, stderr: stderr() };
  return new OutputFormatError(failureMessage(facts), spec, { cause });
}

function place({ line }: JsonOrigin): string {
  return line === undefined ? '' : ` on line ${line}`;
}

function describe(issue: SchemaIssue): string {
  const path = issue.path
    ?.map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.');
  return path === undefined || path === '' ? issue.message : `${path}: ${issue.message}`;
}

function snippet(text: string, secrets: SecretTable): string {
  const start = text.slice(0, SHOWN + 1 + secrets.reach);
  const clean = secrets.redact(start, { start: false, end: start.length < text.length });
  return JSON.stringify(clean.length > SHOWN ? `${clean.slice(0, SHOWN)}…` : clean);
}
