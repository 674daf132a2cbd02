import type { ProcessSpec } from '../contracts/process-spec.js';
import type { SchemaIssue, StandardSchema } from '../contracts/schema.js';
import { OutputFormatError } from '../errors/output-format-error.js';
import { failureMessage } from '../diagnostics/failure-message.js';

/**
 * Output parsed as JSON and validated.
 *
 * @throws {@link OutputFormatError} with the place and a piece of the text, or with every issue of the schema
 */
export function parseJson<T>(
  spec: ProcessSpec,
  text: string,
  schema: StandardSchema<T> | undefined,
  stderr: string,
): T {
  const fail = (what: string, cause?: unknown): never => {
    throw new OutputFormatError(failureMessage({ what, spec, stderr }), spec, { cause });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return fail(
      `printed no JSON: ${(cause as Error).message}. It begins with: ${snippet(text)}`,
      cause,
    );
  }
  if (schema === undefined) return value as T;
  const outcome = schema['~standard'].validate(value);
  if ('then' in outcome) return fail('can not be validated: the schema is asynchronous.');
  if (outcome.issues === undefined) return outcome.value;
  return fail(
    `printed JSON that does not fit the schema: ${outcome.issues.map(describe).join('; ')}`,
  );
}

function describe(issue: SchemaIssue): string {
  const path = issue.path
    ?.map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.');
  return path === undefined || path === '' ? issue.message : `${path}: ${issue.message}`;
}

function snippet(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
