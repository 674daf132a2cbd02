/** Where a pool writes down what becomes of its entries. */
export interface JournalOptions {
  /** The file: a path, or a `file:` URL. */
  readonly path: string | URL;
  /** Whether output is written down too, so that it is there after a resume. Default: `keep`. */
  readonly output?: 'keep' | 'none' | undefined;
  /**
   * `none` survives the death of this process; `entry` also that of the machine, at the price of waiting for the disk
   * at each end. Default: `none`.
   */
  readonly durable?: 'none' | 'entry' | undefined;
}

/**
 * What a journalled pool does not run again: `missing` runs what the journal has no end of, `failed` also what failed.
 */
export type ResumePolicy = 'missing' | 'failed';
