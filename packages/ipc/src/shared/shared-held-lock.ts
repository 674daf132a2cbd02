import { SharedPermit } from './shared-permit.js';

/** A lock in shared memory that this thread holds. `using` or `await using` gives it back. */
export class SharedHeldLock extends SharedPermit {
  /** @internal */
  constructor(
    /** Larger than that of any holder before. */
    readonly token: number,
    /** The holder before was lost before it released: what the lock guards may have been left half done. */
    readonly abandoned: boolean,
    giveBack: () => void,
  ) {
    super(giveBack);
  }
}
