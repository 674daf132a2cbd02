/**
 * An error from a worker whose class is not known here, or something else that was thrown there. Its `name`, message,
 * stack and own properties are those of the original.
 */
export class RemoteError extends Error {
  /** Name of the class of the original. */
  declare readonly type: string;
  /** What was thrown, where that was no error. */
  declare readonly thrown: unknown;

  constructor(message: string, type: string) {
    super(message);
    Object.defineProperty(this, 'type', { value: type, enumerable: false });
  }
}
