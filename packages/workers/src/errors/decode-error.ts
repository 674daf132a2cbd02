import { setLineage, showValue } from '@proc/core/essentials';
import { errorClass } from './error-classes.js';
import type { EncodedError, ErrorEnvelope } from './error-envelope.js';
import { RemoteError } from './remote-error.js';
import { registerOwnErrors } from './own-error-classes.js';

/**
 * Makes an error of what {@link encodeError} gave: of its class where that is known here, else a {@link RemoteError}.
 * Properties that could not be copied are listed in `lostProperties`.
 */
export function decodeError(envelope: ErrorEnvelope): Error {
  if (envelope.kind === 'error') return rebuilt(envelope);
  const thrown = envelope.kind === 'value' ? envelope.value : undefined;
  const text = envelope.kind === 'value' ? shown(envelope.value) : envelope.text;
  const error = new RemoteError(`Something that is no error was thrown in a worker: ${text}`, text);
  hide(error, 'thrown', thrown);
  return error;
}

function rebuilt(encoded: EncodedError): Error {
  const { name, message, stack, properties, cause, errors, lineage } = encoded;
  const error = instance(encoded);
  hide(error, 'stack', stack);
  if (error.name !== name) hide(error, 'name', name);
  if (error.message !== message) hide(error, 'message', message);
  if (cause !== undefined) hide(error, 'cause', decodePart(cause));
  if (errors !== undefined) hide(error, 'errors', errors.map(decodePart));
  for (const [key, value] of properties) {
    if (value.kind === 'lost') continue;
    Object.defineProperty(error, key, {
      value: decodePart(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  const lost = properties.filter(([, value]) => value.kind === 'lost').map(([key]) => key);
  if (lost.length > 0) hide(error, 'lostProperties', lost);
  if (lineage !== undefined) setLineage(error, new Set(lineage));
  return error;
}

function instance({ name, type, message }: EncodedError): Error {
  if (type === 'DOMException') return new DOMException(message, name);
  registerOwnErrors();
  const known = errorClass(type);
  if (known === undefined) return new RemoteError(message, type);
  // Made by Error, so that Node shows and copies it as one.
  const error = new Error(message);
  Object.setPrototypeOf(error, known.prototype as object);
  return error;
}

function decodePart(part: ErrorEnvelope): unknown {
  if (part.kind === 'error') return rebuilt(part);
  return part.kind === 'value' ? part.value : part.text;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : showValue(value);
}

function hide(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, {
    value,
    enumerable: false,
    configurable: true,
    writable: true,
  });
}
