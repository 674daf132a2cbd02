import { SpillError } from '../capture/spill-error.js';

/** Why output could not be taken, as a clause: that the system had no place for it is no fault of a receiver. */
export function receiverFailure(cause: unknown): string {
  return cause instanceof SpillError
    ? 'its output could not be kept'
    : 'a receiver of its output failed';
}
