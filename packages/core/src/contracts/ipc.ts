/**
 * How messages to and from a Node program are written: `'json'` carries what JSON can, `'advanced'` what the structured
 * clone algorithm can (`Map`, `Date`, `BigInt`, typed arrays, cycles).
 */
export type IpcSerialization = 'json' | 'advanced';
