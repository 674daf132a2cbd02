import { CallSite } from '@proc/core/internal';
import { ItemFailedError } from '../errors/item-failed-error.js';

/** Makes the errors of one run, which point to the place that it was asked for at: they come about much later. */
export class ItemFailures {
  readonly #site = CallSite.capture();

  /** @param last - the last item that it may have been, where that is not known */
  of(index: number, cause: unknown, last = index): ItemFailedError {
    const error = new ItemFailedError(index, cause, last);
    this.#site.pointTo(error);
    return error;
  }
}
