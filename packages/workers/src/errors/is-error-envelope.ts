import type { ErrorEnvelope } from './error-envelope.js';

/** Whether something that came from elsewhere is what {@link decodeError} reads. */
export function isErrorEnvelope(value: unknown): value is ErrorEnvelope {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, text } = value as Readonly<Record<string, unknown>>;
  if (kind === 'value') return true;
  return kind === 'lost' ? typeof text === 'string' : kind === 'error' && isEncodedError(value);
}

function isEncodedError(value: object): boolean {
  const { name, type, message, stack, properties, cause, errors, lineage } = value as Readonly<
    Record<string, unknown>
  >;
  return (
    [name, type, message].every(isText) &&
    (stack === undefined || isText(stack)) &&
    isListOf(properties, isProperty) &&
    (cause === undefined || isErrorEnvelope(cause)) &&
    (errors === undefined || isListOf(errors, isErrorEnvelope)) &&
    (lineage === undefined || isListOf(lineage, isText))
  );
}

function isProperty(value: unknown): boolean {
  return Array.isArray(value) && isText(value[0]) && isErrorEnvelope(value[1]);
}

function isListOf(value: unknown, is: (part: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
