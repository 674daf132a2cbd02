import { UncloneableValueError } from '../../errors/uncloneable-value-error.js';

/** An item of a chunk that could not be copied, on its way there, or what came of it on the way back. */
export interface UncloneableItem {
  readonly role: 'argument' | 'result';
  /** Within the chunk, from 0. */
  readonly position: number;
}

/** Which item it was that made a whole trip fail, where it was one. */
export function uncloneableItem(error: unknown): UncloneableItem | undefined {
  if (!UncloneableValueError.is(error)) return undefined;
  const [, role, position] =
    /^(?:(argument)\[0\]\.items|result\.results)\[(\d+)\]/.exec(error.path) ?? [];
  if (position === undefined) return undefined;
  return { role: role === undefined ? 'result' : 'argument', position: Number(position) };
}
