import fc, { toStringMethod } from 'fast-check';

/** A value that is made anew for each try, and can be shown although it may not be looked at. */
export interface Sample {
  make(): unknown;
  [toStringMethod](): string;
}

export function sample(label: string, make: () => unknown): Sample {
  return { make, [toStringMethod]: () => label };
}

/** Samples of values that can be looked at. */
export function plain(...values: readonly unknown[]): fc.Arbitrary<Sample> {
  return fc.constantFrom(...values.map((value) => sample(fc.stringify(value), () => value)));
}

/** Objects with own properties of these names, whatever the names are. */
export function objects(
  properties: fc.Arbitrary<readonly [string, Sample]>,
  maxLength = 3,
): fc.Arbitrary<Sample> {
  return fc.array(properties, { maxLength }).map((entries) => {
    const label = entries.map(([key, value]) => `${JSON.stringify(key)}: ${fc.stringify(value)}`);
    return sample(`{ ${label.join(', ')} }`, () => {
      const object = {};
      for (const [key, value] of entries) {
        // Defined, so that `__proto__` is a property like any other.
        Object.defineProperty(object, key, {
          value: value.make(),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return object;
    });
  });
}

/** A property of one of the given names with its own kind of value. */
export function property(
  kinds: Readonly<Record<string, fc.Arbitrary<Sample>>>,
): fc.Arbitrary<readonly [string, Sample]> {
  return fc.oneof(
    ...Object.entries(kinds).map(([key, value]) => fc.tuple(fc.constant(key), value)),
  );
}
