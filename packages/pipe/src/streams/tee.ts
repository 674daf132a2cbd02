import { constants, createWriteStream, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@proc/core';
import { messageOf } from '../errors/message-of.js';

/** What gets a copy: a stream, which is not ended, or the path of a file, which is truncated first. */
export type TeeTarget = Writable | string | URL;

/** A target, opened. */
export interface OpenTee {
  readonly stream: Writable;
  /**
   * Resolves when everything is written and what was opened here is closed. Never rejects.
   *
   * @param over - once it is aborted, a FIFO whose reader takes nothing is waited for no longer than a moment
   */
  close(over: AbortSignal): Promise<void>;
}

/** How long a FIFO may take what it has been given, after the end of the run, in milliseconds. */
const LAST_WORDS_MS = 1000;

/** A file that gets the output, and what becomes of what is in it. */
export interface FileTarget {
  readonly path: string | URL;
  readonly append: boolean;
}

/** Whether it says where a file is. */
export function isPath(target: unknown): target is string | URL {
  return target instanceof URL ? isFileUrl(target) : typeof target === 'string' && target !== '';
}

/** Some name no file of this machine: those with a host, or with an encoded slash. */
function isFileUrl(url: URL): boolean {
  try {
    return fileURLToPath(url) !== '';
  } catch {
    return false;
  }
}

/** @throws {@link InvalidArgumentError} for what can not get a copy */
export function requireTeeTarget(target: unknown): void {
  if (isPath(target)) return;
  if (typeof target === 'object' && target !== null && 'write' in target && 'on' in target) return;
  throw new InvalidArgumentError('tee() takes a writable stream, a path or a file URL.');
}

/** A target in words: its path, or what kind of stream it is. */
export function describeTee(target: TeeTarget): string {
  if (typeof target === 'string') return target;
  return target instanceof URL ? fileURLToPath(target) : `[${target.constructor.name}]`;
}

/** A target as a part of what a pipeline does: a file by its place, whatever the working directory will be. */
export function teeFingerprint(target: TeeTarget): string {
  return isPath(target) ? resolve(describeTee(target)) : describeTee(target);
}

/**
 * Opens all targets, or none.
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

/** Whether a stream still takes what it is given. */
export function isOpen(stream: Writable): boolean {
  return !stream.destroyed && !stream.writableEnded;
}

function openTee(target: TeeTarget): OpenTee {
  if (typeof target !== 'string' && !(target instanceof URL)) {
    return { stream: target, close: () => Promise.resolve() };
  }
  return openTarget({ path: target, append: false });
}

function openTarget(target: FileTarget): OpenTee {
  const stream = streamTo(openFile(target));
  return {
    stream,
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
    const timer = setTimeout(() => stream.destroy(), LAST_WORDS_MS);
    scope.addEventListener('abort', () => clearTimeout(timer), { once: true });
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
    return openSync(
      typeof path === 'string' ? path : fileURLToPath(path),
      WITHOUT_WAITING | (append ? constants.O_APPEND : constants.O_TRUNC),
    );
  } catch (cause) {
    throw new InvalidArgumentError(
      `The file for the output can not be opened: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}
