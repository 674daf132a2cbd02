/**
 * An amount of bytes: a whole number, or a string such as `'512MB'` or `'1.5GiB'`. `kB`, `MB`, `GB` and `TB` are powers
 * of 1000 (`KB` is the same as `kB`), `KiB`, `MiB`, `GiB` and `TiB` powers of 1024; what a fraction leaves is rounded
 * to whole bytes.
 *
 * Negative, fractional and non-finite numbers, and what exceeds `Number.MAX_SAFE_INTEGER`, are refused with an
 * `InvalidArgumentError` wherever a size is taken.
 */
export type Size =
  number | `${number}${'B' | 'kB' | 'KB' | 'MB' | 'GB' | 'TB' | 'KiB' | 'MiB' | 'GiB' | 'TiB'}`;
