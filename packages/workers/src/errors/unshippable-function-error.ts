import { ProcError } from '@proc/core/essentials';

/** A function has no text that could work in a worker: it is native, bound, a class, or a method tied to its object. */
export class UnshippableFunctionError extends ProcError {
  readonly code = 'ERR_PROC_UNSHIPPABLE_FUNCTION';

  constructor(
    readonly functionName: string,
    /** Why, as a clause: "it is native". */
    readonly reason: string,
    /** What to do instead, as a sentence. */
    remedy = `Wrap the call in a function of its own, or name it in a module: ` +
      `task(new URL('./file.js', import.meta.url), 'name').`,
  ) {
    super(
      `The function ${shownName(functionName)} can not be sent to a worker: ${reason}. ${remedy}`,
    );
  }
}

function shownName(name: string): string {
  return name === '' ? 'without a name' : `"${name}"`;
}
