const WATCHED = [
  Object,
  Array,
  Function,
  String,
  Number,
  Boolean,
  Promise,
  Error,
  Map,
  Set,
  RegExp,
];

/** What is known of the built-in prototypes: a later look must find the same. */
export function prototypes(): readonly (readonly [string, readonly string[]])[] {
  return WATCHED.map((type) => [
    type.name,
    Reflect.ownKeys(type.prototype as object)
      .map(String)
      .sort(),
  ]);
}
