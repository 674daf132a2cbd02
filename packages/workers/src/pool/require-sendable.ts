import { requireCloneable } from '../errors/uncloneable-value-error.js';
import { type Crossing, unwrapTransfers } from '../functions/transfer.js';

/** What is handed over can only be looked at when it is. @throws {@link UncloneableValueError} */
export function requireSendable(message: unknown, crossing: Crossing): void {
  const { value, transferList } = unwrapTransfers(message, crossing);
  if (transferList.length === 0) requireCloneable('message', value, crossing);
}
