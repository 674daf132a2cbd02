/**
 * Why a pool did not go on to its end. The first reason wins.
 *
 * `halted` is `failFast` or `halt`; `stopped` is `stop`, `kill` or disposal; `cancelled` is the AbortSignal;
 * `interrupted` is an error in what the pool was given: its iterable, its callbacks, its journal.
 */
export type PoolStopReason = 'halted' | 'stopped' | 'cancelled' | 'timedOut' | 'interrupted';
