import type { Share } from './gate-options.js';

/** `now` stops what runs, gracefully; `soon` lets it finish. Neither starts anything more. */
export interface HaltMoment {
  /** `'now'` or `'soon'`. */
  readonly when: 'now' | 'soon';
}

/**
 * After how many entries a pool ends: a number from 1, or a share such as `'10%'`. The share is that of all entries;
 * while their number is not known, that of the entries that have ended, from the third on that counts (of `done` there
 * is none then).
 */
export type HaltCount = number | Share;

/**
 * When a pool ends early: because so many entries have failed (`fail`), have succeeded (`success`), or have ended
 * either way (`done`). What was not started is skipped, and `results.reason` is `'halted'`, also when it was the last
 * entry that met the condition.
 */
export type HaltOptions = HaltMoment &
  (
    | {
        /** After so many failures: a number, or a share such as `'10%'`. */
        readonly fail: HaltCount;
        readonly success?: undefined;
        readonly done?: undefined;
      }
    | {
        /** When so many have succeeded. */
        readonly success: HaltCount;
        readonly fail?: undefined;
        readonly done?: undefined;
      }
    | {
        /** When so many have ended, either way. */
        readonly done: HaltCount;
        readonly fail?: undefined;
        readonly success?: undefined;
      }
  );
