import { createWriteStream, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@proc/core';
import { messageOf } from '../errors/message-of.js';

/** What gets a copy: a stream, which is not ended, or the path of a file, which is truncated first. */
export type TeeTarget = Writable | string | URL;

/** A target, opened. */
export interface OpenTee {
  readonly stream: Writable;
  /** Resolves when everything is written and what was opened here is closed. Never rejects. */
  close(): Promise<void>;
}

/** @throws {@link InvalidArgumentError} when the file can not be opened */
export function openTee(target: TeeTarget): OpenTee {
  if (typeof target !== 'string' && !(target instanceof URL)) {
    return { stream: target, close: () => Promise.resolve() };
  }
  const stream = createWriteStream('', { fd: openFile(target) });
  return {
    stream,
    close: async () => {
      const end = finished(stream).catch(() => undefined);
      stream.end();
      await end;
    },
  };
}

function openFile(target: string | URL): number {
  try {
    return openSync(typeof target === 'string' ? target : fileURLToPath(target), 'w');
  } catch (cause) {
    throw new InvalidArgumentError(`The file to tee to can not be opened: ${messageOf(cause)}`, {
      cause,
    });
  }
}
