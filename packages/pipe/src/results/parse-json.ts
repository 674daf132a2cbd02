import { OutputFormatError, type ProcessSpec, type StandardSchema } from '@proc/core';

/**
 * Text parsed as JSON, and validated when there is a schema.
 *
 * @throws {@link OutputFormatError} when it is no JSON or does not fit
 */
export function parseJson<T>(text: string, spec: ProcessSpec, schema?: StandardSchema<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = String((cause as { message?: unknown }).message);
    throw new OutputFormatError(`The output is no JSON: ${reason}`, spec, { cause });
  }
  if (schema === undefined) return value as T;
  const outcome = schema['~standard'].validate(value);
  if ('then' in outcome) {
    throw new OutputFormatError(
      'The output can not be validated: the schema is asynchronous.',
      spec,
    );
  }
  if (outcome.issues === undefined) return outcome.value;
  const issues = outcome.issues.map(({ message }) => message).join('; ');
  throw new OutputFormatError(`The output is JSON, but does not fit the schema: ${issues}`, spec);
}
