import { UncloneableValueError } from '../../errors/uncloneable-value-error.js';

/** An item of a chunk that could not be copied, on its way there, or what came of it on the way back. */
export interface UncloneableItem {
  readonly role: 'argument' | 'result';
  /** Within the chunk, from 0. */
  readonly position: number;
  /** As if the item had travelled alone: of chunks the user has never heard. */
  readonly error: UncloneableValueError;
}

const IN_CHUNK = /^(?:argument\[0\]\.(items)|result\.results)\[(\d+)\]/;

/** Which item it was that made a whole trip fail, where it was one. */
export function uncloneableItem(error: unknown): UncloneableItem | undefined {
  if (!UncloneableValueError.is(error)) return undefined;
  const [begin, items, position] = IN_CHUNK.exec(error.path) ?? [];
  if (begin === undefined || position === undefined) return undefined;
  const name = items === undefined ? 'result' : 'item';
  const path = `${name}${error.path.slice(begin.length)}`;
  const message = error.message.replace(error.path, () => path);
  return {
    role: items === undefined ? 'result' : 'argument',
    position: Number(position),
    error: new UncloneableValueError(path, message, { cause: error.cause }),
  };
}
