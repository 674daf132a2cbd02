/**
 * A span of time: milliseconds as a number, a string such as `'250ms'`, `'30s'`, `'5m'` or `'1h'`, or an
 * object whose fields are added up.
 *
 * Negative, non-finite and over-long values (above 2^31 - 1 ms, the longest delay of a Node timer) are refused
 * with an `InvalidArgumentError` wherever a duration is taken.
 */
export type Duration =
  | number
  | `${number}${'ms' | 's' | 'm' | 'h'}`
  | {
      readonly milliseconds?: number;
      readonly seconds?: number;
      readonly minutes?: number;
      readonly hours?: number;
    };
