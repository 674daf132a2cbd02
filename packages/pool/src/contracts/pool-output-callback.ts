import type { OutputType } from '@proc/core';
import type { PoolKey } from './pool-key.js';

/**
 * Receives the output of all entries, one call at a time: decoded text, one or more whole lines
 * at a time unless {@link PoolOptions.order} says otherwise.
 *
 * A returned promise applies back-pressure. Of a throw see {@link PoolOptions.order}.
 */
export type PoolOutputCallback = (
  type: OutputType,
  chunk: string,
  key: PoolKey,
) => void | Promise<void>;

/** The short form: a function that declares exactly one parameter receives the chunk alone. */
export type PoolChunkCallback = (chunk: string) => void | Promise<void>;

/** Either form. */
export type AnyOutputCallback = PoolOutputCallback | PoolChunkCallback;
