/** Something that was thrown, as plain data that can cross to another thread or process. */
export type ErrorEnvelope = EncodedError | EncodedValue | LostValue;

/** An error. What it was made of, in parts that can be copied. */
export interface EncodedError {
  readonly kind: 'error';
  readonly name: string;
  /** Name of its class. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Its own enumerable properties. */
  readonly properties: readonly (readonly [name: string, value: ErrorEnvelope])[];
  readonly cause?: ErrorEnvelope;
  /** Of an AggregateError. */
  readonly errors?: readonly ErrorEnvelope[];
  /** Which classes of this project it belongs to. */
  readonly lineage?: readonly string[];
}

/** A value that is no error. */
interface EncodedValue {
  readonly kind: 'value';
  readonly value: unknown;
}

/** A value that can't be copied: what it looked like. */
interface LostValue {
  readonly kind: 'lost';
  readonly text: string;
}
