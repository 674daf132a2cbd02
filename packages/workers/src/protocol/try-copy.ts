import type { Crossing } from '../functions/transfer.js';
import { FrameSerializer } from './frame-serializer.js';

/** Copies a value as it would cross to or from a worker. @throws what the copying throws, as for a function */
export function tryCopy(value: unknown, crossing: Crossing): void {
  if (crossing === 'thread') structuredClone(value);
  else new FrameSerializer().writeValue(value);
}
