import {
  isCloneable,
  uncloneableError,
  type UncloneableValueError,
} from '../errors/uncloneable-value-error.js';
import { givenTo } from '../functions/task-reference.js';
import type { Crossing } from '../functions/transfer.js';
import type { Task } from './task.js';

/** Why a task could not be sent: for one of its arguments, or else for what it was given by `with`. */
export function unsendableError(
  { args, reference }: Task,
  crossing: Crossing,
  cause: unknown,
): UncloneableValueError {
  const given = givenTo(reference);
  return given !== undefined && isCloneable(args, crossing)
    ? uncloneableError('with', given, crossing, cause)
    : uncloneableError('argument', args, crossing, cause);
}
