import { constants, createWriteStream, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InvalidArgumentError } from '@proc/core';
import { realTime } from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import { describeTee, isPath, pathOf, type FileTarget, type TeeTarget } from './tee-target.js';
import { isOpen } from './write-to.js';

/** A target, opened. */
export interface OpenTee {
  readonly stream: Writable;
  /** Takes away what is in a file, unless it is appended to. For the time when all else that a run needs is open. */
  empty(): void;
  /**
   * Resolves when everything is written and what was opened here is closed. Never rejects.
   *
   * @param over - once it is aborted, a FIFO whose reader takes nothing is waited for no longer than a moment
   */
  close(over: AbortSignal): Promise<void>;
}

/** How long a FIFO may take what it has been given, after the end of the run, in milliseconds. */
const LAST_WORDS_MS = 1000;

/**
 * Opens all targets, or none; what is in files stays until {@link OpenTee.empty}.
 *
 * @param what - is copied, for messages
 * @throws {@link InvalidArgumentError} when a file can not be opened, or a stream has ended already
 */
export function openTees(
  targets: readonly TeeTarget[],
  what: string,
  file?: FileTarget,
): readonly OpenTee[] {
  const open: OpenTee[] = [];
  try {
    for (const target of targets) refuseEnded(target, what);
    for (const target of targets) open.push(openTee(target));
    if (file !== undefined) open.push(openTarget(file));
    return open;
  } catch (error) {
    for (const tee of open) void tee.close(AbortSignal.abort());
    throw error;
  }
}

/** It would take everything, and keep nothing of it. */
function refuseEnded(target: TeeTarget, what: string): void {
  if (isPath(target) || isOpen(target)) return;
  throw new InvalidArgumentError(
    `The ${describeTee(target)} that is to get a copy of ${what} has ended already.`,
  );
}

function openTee(target: TeeTarget): OpenTee {
  return isPath(target)
    ? openTarget({ path: target, append: false })
    : { stream: target, empty: () => undefined, close: () => Promise.resolve() };
}

function openTarget(target: FileTarget): OpenTee {
  const fd = openFile(target);
  const isFile = fstatSync(fd).isFile();
  const stream = streamTo(fd);
  return {
    stream,
    empty: () => {
      if (isFile && !target.append) ftruncateSync(fd);
    },
    close: async (over) => {
      const scope = new AbortController();
      const end = finished(stream, { readable: false }).catch(() => undefined);
      stream.end();
      // What goes to a file is written without anybody's help.
      if (stream instanceof Socket) leaveAfter(over, { stream, scope: scope.signal });
      await end;
      scope.abort();
    },
  };
}

/** Leaves a stream behind a moment after `over`, unless the scope ends before. */
function leaveAfter(
  over: AbortSignal,
  { stream, scope }: { readonly stream: Writable; readonly scope: AbortSignal },
): void {
  const leave = (): void => {
    const timer = realTime.setTimeout(() => stream.destroy(), LAST_WORDS_MS);
    scope.addEventListener('abort', () => realTime.clearTimeout(timer), { once: true });
  };
  if (over.aborted) leave();
  else over.addEventListener('abort', leave, { once: true, signal: scope });
}

/** Windows has no such flag. */
const { O_NONBLOCK = 0 } = constants as { readonly O_NONBLOCK?: number };

/** A FIFO that nobody reads is refused: waiting for its reader would hold up everything else in this process. */
const WITHOUT_WAITING = constants.O_WRONLY | constants.O_CREAT | O_NONBLOCK;

function streamTo(fd: number): Writable {
  // A file never makes a writer wait; a FIFO does, for which only a socket is made.
  return fstatSync(fd).isFIFO()
    ? new Socket({ fd, readable: false, writable: true })
    : createWriteStream('', { fd });
}

function openFile({ path, append }: FileTarget): number {
  try {
    return openSync(pathOf(path), WITHOUT_WAITING | (append ? constants.O_APPEND : 0));
  } catch (cause) {
    throw new InvalidArgumentError(
      `The file for the output can not be opened: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}
